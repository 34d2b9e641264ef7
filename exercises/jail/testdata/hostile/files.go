package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// read says of each path whether it can be read, and how much it holds.
func read(paths []string) {
	for _, path := range paths {
		// The program knows its parent only when the jail does not hide it.
		path = strings.ReplaceAll(path, "PPID", fmt.Sprint(os.Getppid()))
		content, err := os.ReadFile(path)
		if info, statErr := os.Stat(path); statErr == nil && info.IsDir() {
			_, err = os.ReadDir(path)
		}
		if err == nil {
			answer("%s: done, %d bytes", path, len(content))
		} else {
			answer("%s: refused: %v", path, err)
		}
	}
}

func write(paths []string) {
	for _, path := range paths {
		succeeded(path, os.WriteFile(path, []byte("written"), 0o644))
	}
}

// fill makes one file as large as it can.
func fill(arguments []string) {
	file, err := os.Create(filepath.Join(arguments[0], "large"))
	if err != nil {
		answer("refused: %v", err)
		return
	}
	block := make([]byte, 1<<20)
	for {
		if _, err := file.Write(block); err != nil {
			answer("refused: %v", err)
			return
		}
	}
}

// fillMany makes files without end.
func fillMany(arguments []string) {
	block := make([]byte, 1<<20)
	for i := 0; ; i++ {
		if err := os.WriteFile(filepath.Join(arguments[0], fmt.Sprint("many", i)), block, 0o644); err != nil {
			answer("refused: %v", err)
			return
		}
	}
}

func openMany(arguments []string) {
	var files []*os.File
	for range 100_000 {
		file, err := os.Open(arguments[0])
		if err != nil {
			answer("refused after %d: %v", len(files), err)
			return
		}
		files = append(files, file)
	}
	answer("opened %d", len(files))
}

// linkOut tries to leave a directory that it may write in, and to lay a trap for who reads there later.
func linkOut(arguments []string) {
	inside, outside := arguments[0], arguments[1]
	link := filepath.Join(inside, "link")
	succeeded("symlink", os.Symlink(outside, link))
	succeeded("write through symlink", os.WriteFile(filepath.Join(link, "through"), []byte("x"), 0o644))
	succeeded("hard link", os.Link("/etc/passwd", filepath.Join(inside, "hard")))
	// The test made this link, so that the deed does not depend on the one before.
	succeeded("write through given link", os.WriteFile(filepath.Join(inside, "given", "through"), []byte("x"), 0o644))
	succeeded("dots", os.WriteFile(inside+"/../"+filepath.Base(outside)+"/dots", []byte("x"), 0o644))
	succeeded("rename", os.Rename(filepath.Join(inside, "own"), filepath.Join(outside, "own")))
}
