package watch

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// never keeps a watcher from looking by itself, so that each change must be reported.
const never = 24 * time.Hour

// lesson is a directory with one lesson's file.
func lesson(t *testing.T) (dir, file string) {
	t.Helper()
	dir = t.TempDir()
	file = filepath.Join(dir, "01-a", lessonFile)
	write(t, file, "one")
	return dir, file
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

// steps are the ways in which lessons change, each on top of the one before.
func steps(t *testing.T, dir, file string) []func() {
	t.Helper()
	return []func(){
		func() { write(t, file, "two, longer") },
		func() { // as editors do that write a new file first
			write(t, file+"~", "three, longer than two")
			rename(t, file+"~", file)
		},
		func() { write(t, filepath.Join(dir, "02-b", lessonFile), "new") },
		func() { write(t, filepath.Join(dir, "02-b", lessonFile), "changed in a directory that was added") },
		func() { rename(t, filepath.Join(dir, "02-b"), filepath.Join(dir, "03-b")) },
		func() { write(t, filepath.Join(dir, glossaryFile), "new") },
		func() { write(t, filepath.Join(dir, glossaryFile), "changed") },
		func() {
			if err := os.RemoveAll(filepath.Join(dir, "01-a")); err != nil {
				t.Fatal(err)
			}
		},
	}
}

func expectChange(t *testing.T, w *watcher, within time.Duration, change int) {
	t.Helper()
	select {
	case <-w.changes:
	case <-time.After(within):
		t.Fatalf("change %d was not told", change)
	}
}

func TestReports(t *testing.T) {
	dir, file := lesson(t)
	w := newWatcher(dir, never)
	if err := w.listen(); err != nil {
		t.Fatal(err)
	}
	go w.run(t.Context())
	for i, step := range steps(t, dir, file) {
		step()
		expectChange(t, w, 10*time.Second, i)
	}
}

func TestLooking(t *testing.T) {
	dir, file := lesson(t)
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		w := newWatcher(dir, pollEvery)
		go w.run(ctx)
		for i, step := range steps(t, dir, file) {
			step()
			expectChange(t, w, 2*pollEvery, i)
		}
		select {
		case <-w.changes:
			t.Error("a change was told without one")
		case <-time.After(10 * pollEvery):
		}
		cancel()
		if _, open := <-w.changes; open {
			t.Error("the channel is open after the end")
		}
	})
}

func TestEventsThatComeTogetherAreOneChange(t *testing.T) {
	dir, file := lesson(t)
	synctest.Test(t, func(t *testing.T) {
		events, lost := make(chan fsnotify.Event), make(chan error)
		w := newWatcher(dir, never)
		w.events, w.lost = events, lost
		go w.run(t.Context())
		start := time.Now()
		for _, op := range []fsnotify.Op{fsnotify.Remove, fsnotify.Create, fsnotify.Write, fsnotify.Write} {
			events <- fsnotify.Event{Name: file, Op: op}
		}
		expectChange(t, w, time.Minute, 0)
		if waited := time.Since(start); waited != quiet {
			t.Errorf("the change was told after %v, want %v", waited, quiet)
		}
		for _, event := range []fsnotify.Event{
			{Name: file, Op: fsnotify.Chmod},
			{Name: filepath.Join(dir, "01-a", ".lesson.md.swp"), Op: fsnotify.Write},
			{Name: filepath.Join(dir, "01-a", "4913"), Op: fsnotify.Create},
		} {
			events <- event
		}
		select {
		case <-w.changes:
			t.Error("an event that changes no lesson was told, or one change twice")
		case <-time.After(time.Minute):
		}
		events <- fsnotify.Event{Name: filepath.Join(dir, "02-b"), Op: fsnotify.Create}
		expectChange(t, w, time.Minute, 1)
		lost <- fsnotify.ErrEventOverflow
		expectChange(t, w, time.Minute, 2)
	})
}

func TestLessonsSaysWhyNothingIsReported(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	dir := filepath.Join(t.TempDir(), "nowhere")
	changes, err := Lessons(ctx, dir)
	if err == nil || !strings.Contains(err.Error(), "does not report changes in "+dir) {
		t.Errorf("for a directory that is not there the error is %v", err)
	}
	cancel()
	if _, open := <-changes; open {
		t.Error("the channel is open after the end")
	}
}
