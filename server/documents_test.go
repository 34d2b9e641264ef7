package server

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// TestDocumentedCommandsExist looks for each command that the documents tell learners and teachers to run over SSH.
func TestDocumentedCommandsExist(t *testing.T) {
	call := regexp.MustCompile("ssh [^`\\n]*HOST ([a-z]+)")
	seen := 0
	for _, pattern := range []string{"../README.md", "../docs/*.md"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range call.FindAllSubmatch(text, -1) {
				seen++
				if !slices.ContainsFunc(commands(), func(c command) bool { return c.name == string(m[1]) }) {
					t.Errorf("%s: ssh HOST %s: there is no such command", path, m[1])
				}
			}
		}
	}
	if seen < 5 {
		t.Errorf("the documents name %d commands only", seen)
	}
}
