//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/exercises/record"
	"github.com/aetutor/aetutor/progress"
)

// TestWatchChecksAtEachSave edits an exercise as a learner does, in another window than the one that watches.
func TestWatchChecksAtEachSave(t *testing.T) {
	program, err := exec.LookPath("aetutor")
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("AETUTOR_CACHE", filepath.Join(cache, "aetutor-test"))
	t.Setenv("AETUTOR_STATE", t.TempDir())
	all, err := exercises.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	e, err := chooseExercise(all, "scores")
	if err != nil {
		t.Fatal(err)
	}
	w, err := exercises.CreateWorkspace(filepath.Join(t.TempDir(), "mine"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(w.Dir)
	saveAs := func(e exercises.Exercise, content []byte) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(w.File(e)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(w.File(e), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	save := func(content []byte) { saveAs(e, content) }
	// The first check on a machine builds GoMLX, which takes longer than anybody waits for a screen.
	save(e.Solution)
	if out, err := exec.CommandContext(t.Context(), program, "check", e.Name).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	save(e.Source)
	screen, err := openScreen(t.Context(), program, "check", "--watch", e.Name)
	if err != nil {
		t.Fatal(err)
	}
	await(t, screen, "scores: todo")
	save([]byte("package scores\n"))
	await(t, screen, "scores: build")
	screen.press("h")
	await(t, screen, "Hint 1 of 3")
	save(e.Solution)
	await(t, screen, "scores: pass")
	screen.press("l")
	await(t, screen, "embeddings        analogy") // The last one of the list.
	// The next one was not named, and is checked at each save all the same.
	next, ok := record.Of(progress.Progress{}).Next(all, e.Name)
	if !ok {
		t.Fatal("there is no next exercise")
	}
	saveAs(next, next.Source)
	screen.press("n")
	await(t, screen, next.Name+": todo")
	saveAs(next, []byte("package "+next.Name+"\n"))
	await(t, screen, next.Name+": build")
	screen.press("q")
	if err := screen.wait(); err != nil {
		t.Errorf("the program ended with %v", err)
	}
}
