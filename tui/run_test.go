package tui_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/lab"
)

// run runs the app with keys typed one a tick, in a terminal that nobody looks at.
func run(ctx context.Context, o tui.Options, keys string) error {
	in, typed := io.Pipe()
	defer func() { _ = in.Close() }()
	go func() {
		for _, key := range keys {
			time.Sleep(time.Second)
			if _, err := typed.Write([]byte(string(key))); err != nil {
				return
			}
		}
	}()
	return tui.Run(ctx, o, tea.WithInput(in), tea.WithOutput(&bytes.Buffer{}), tea.WithWindowSize(80, 24),
		tea.WithEnvironment([]string{"TERM=dumb"}))
}

func TestRunKeepsTheDetailsOfAFault(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	var closed atomic.Int32
	fake := newFakeLab(&closed)
	fake.mistakes["update"] = true
	synctest.Test(t, func(t *testing.T) {
		err := run(t.Context(), sampleOptions(func() lab.Screen { return fake }), "2\rf")
		if err == nil {
			t.Fatal("a fault gave no error")
		}
		text, path, found := strings.Cut(strings.TrimSuffix(err.Error(), ")"), " (details: ")
		if want := "aetutor stopped because of a fault in it: the lab failed in Update"; !found || text != want || !strings.HasPrefix(path, dir) {
			t.Fatalf("the error is %q, want %q and a file in %s", err, want, dir)
		}
		report, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(report, []byte("with a second line")) || !bytes.Contains(report, []byte("sample_test.go:")) {
			t.Errorf("the report holds neither the whole message nor the stack:\n%s", report)
		}
	})
}

func TestRunSaysWhenTheDetailsAreLost(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()+"/not-there")
	var closed atomic.Int32
	fake := newFakeLab(&closed)
	fake.mistakes["command"] = true
	synctest.Test(t, func(t *testing.T) {
		err := run(t.Context(), sampleOptions(func() lab.Screen { return fake }), "2\rf")
		if !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "a command failed (the details could not be kept: ") {
			t.Errorf("the error is %v", err)
		}
	})
}

func TestRunClosesTheLab(t *testing.T) {
	for name, c := range map[string]struct {
		keys    string
		timeout time.Duration // after which a signal comes
	}{
		"quit":   {"2\rq", time.Hour},
		"signal": {"2\r", time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			var closed atomic.Int32
			store := &fakeStore{}
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), c.timeout)
				defer cancel()
				o := sampleOptions(func() lab.Screen { return newFakeLab(&closed, recorded()...) })
				o.Store = store
				if err := run(ctx, o, c.keys); err != nil {
					t.Errorf("Run returned %v", err)
				}
			})
			if kept := store.kept(" progress.Spent{Lesson:autoencoder"); len(kept) == 0 {
				t.Error("the time in the lab was not kept")
			}
			if closed.Load() != 1 {
				t.Errorf("the lab was closed %d times, want 1", closed.Load())
			}
		})
	}
}
