package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// entry is one row of the table in SOURCES.md: a file and what it must be.
type entry struct {
	line   int
	file   string // below the data directory, with slashes
	size   int64  // bytes
	sha256 string // in hexadecimal
	source string // "go:MODULE@VERSION/PATH" or "deb:PACKAGE@VERSION/PATH"
}

// row is a row of the table; the heading and the line below it do not match because they hold no size.
var row = regexp.MustCompile(`^\| (\S+) \| (\d+) \| ([0-9a-f]{64}) \| (\S+) \|$`)

// readTable reads the rows of dir/SOURCES.md.
func readTable(dir string) ([]entry, error) {
	text, err := os.ReadFile(filepath.Join(dir, "SOURCES.md"))
	if err != nil {
		return nil, fmt.Errorf("%w; run this in the data directory", err)
	}
	var entries []entry
	var problems []error
	inTable := false
	for i, line := range strings.Split(string(text), "\n") {
		// The two lines that begin a table hold no row.
		if strings.HasPrefix(line, "| file |") || strings.HasPrefix(line, "|---") {
			inTable = true
			continue
		}
		if !inTable || !strings.HasPrefix(line, "|") {
			inTable = false
			continue
		}
		cells := row.FindStringSubmatch(line)
		if cells == nil {
			problems = append(problems, fmt.Errorf("SOURCES.md:%d: not `| file | bytes | SHA-256 | source |`: %s", i+1, line))
			continue
		}
		size, err := strconv.ParseInt(cells[2], 10, 64)
		if err != nil {
			problems = append(problems, fmt.Errorf("SOURCES.md:%d: %w", i+1, err))
			continue
		}
		if !filepath.IsLocal(filepath.FromSlash(cells[1])) {
			problems = append(problems, fmt.Errorf("SOURCES.md:%d: %s is outside the data directory", i+1, cells[1]))
			continue
		}
		entries = append(entries, entry{i + 1, cells[1], size, cells[3], cells[4]})
	}
	if len(entries) == 0 && len(problems) == 0 {
		problems = append(problems, errors.New("SOURCES.md: no table of files"))
	}
	return entries, errors.Join(problems...)
}

// verify compares content with the size and the SHA-256 of the table.
func (e entry) verify(content []byte) error {
	if int64(len(content)) != e.size {
		return fmt.Errorf("size: want %d bytes, got %d", e.size, len(content))
	}
	sum := sha256.Sum256(content)
	if got := hex.EncodeToString(sum[:]); got != e.sha256 {
		return fmt.Errorf("SHA-256: want %s, got %s", e.sha256, got)
	}
	return nil
}

// write puts content in place by a rename, so that a file is never seen half written.
func (e entry) write(dir string, content []byte) (err error) {
	path := filepath.Join(dir, filepath.FromSlash(e.file))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".fetch-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(temporary.Name()))
		}
	}()
	_, err = temporary.Write(content)
	if err = errors.Join(err, temporary.Chmod(0o644), temporary.Close()); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), path)
}
