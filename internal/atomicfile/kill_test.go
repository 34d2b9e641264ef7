package atomicfile_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/aetutor/aetutor/internal/atomicfile"
)

// The variables that make the test binary a process that writes: the path, and after how many bytes the system refuses.
const (
	writePath  = "ATOMICFILE_TEST_PATH"
	writeLimit = "ATOMICFILE_TEST_LIMIT"
)

// size is that of a text in bytes; writing it takes so long that a kill falls into it.
const size = 8 << 20

func TestMain(m *testing.M) {
	path := os.Getenv(writePath)
	if path == "" {
		os.Exit(m.Run())
	}
	if err := writeOften(path); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// writeOften writes texts of one letter each to a file, and a line after each.
func writeOften(path string) error {
	if limit := os.Getenv(writeLimit); limit != "" {
		if err := limitFiles(limit); err != nil {
			return err
		}
	}
	// They are made before, so that nearly all the time goes into writing.
	texts := [][]byte{bytes.Repeat([]byte{'a'}, size), bytes.Repeat([]byte{'b'}, size)}
	for n := 0; ; n++ {
		if err := atomicfile.Write(path, texts[n%2], 0o644); err != nil {
			return err
		}
		if _, err := fmt.Println(n); err != nil {
			return err
		}
	}
}

func TestAKillLeavesAWholeFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	for n := range 12 {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), writePath+"="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// The line comes between two texts, so the kill comes while the next is written.
		for lines := bufio.NewScanner(out); n >= 0 && lines.Scan(); n-- {
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil {
			t.Fatal("the process ended by itself")
		}
		got, err := os.ReadFile(path)
		if err != nil || len(got) != size || !bytes.Equal(got, bytes.Repeat(got[:1], size)) {
			t.Fatalf("after a kill the file has %d bytes, %v", len(got), err)
		}
	}
}
