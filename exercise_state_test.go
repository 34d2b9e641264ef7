package main

import (
	"os"
	"testing"
	"time"

	"github.com/aetutor/aetutor/exercises"
)

// TestAKnownWorkspaceIsNotKeptAgain: each command that uses the workspace would wait for the disk otherwise.
func TestAKnownWorkspaceIsNotKeptAgain(t *testing.T) {
	t.Setenv("AETUTOR_STATE", t.TempDir())
	path, err := workspaceFile()
	if err != nil {
		t.Fatal(err)
	}
	remember := func(dir string) time.Time {
		t.Helper()
		if err := rememberWorkspace(exercises.Workspace{Dir: dir}); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.ModTime()
	}
	remember("/one")
	past := time.Unix(1_000_000_000, 0)
	if err := os.Chtimes(path, past, past); err != nil {
		t.Fatal(err)
	}
	if at := remember("/one"); !at.Equal(past) {
		t.Errorf("it was written again at %v", at)
	}
	if at := remember("/two"); at.Equal(past) {
		t.Error("another workspace is not kept")
	}
}
