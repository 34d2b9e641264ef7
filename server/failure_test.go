package server

import (
	"errors"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aetutor/aetutor/progress"
)

// unlogged are failures that nobody hears of.
func unlogged() *failures { return newFailures(slog.New(slog.DiscardHandler)) }

// TestAStateDirectoryThatIsMovedAway moves it while the server serves, as happens to a file system that is unmounted. What
// cannot be kept is not said to be, nothing begins anew in the old place, and all goes on when it is back.
func TestAStateDirectoryThatIsMovedAway(t *testing.T) {
	s := serve(t, nil)
	key, other := newKey(t), newKey(t)
	s.run(t, key, "join Ann")
	state, away := s.config.State, s.config.State+"-away"
	if err := os.Rename(state, away); err != nil {
		t.Skipf("a directory in use cannot be moved here: %v", err)
	}
	for command, input := range map[string]string{"put scores": "right", "check scores": "right", "name Anna": ""} {
		if out, code := s.send(t, key, command, input); code != 1 || out != errServer.Error()+"\n" {
			t.Errorf("%s: exit %d, %q", command, code, out)
		}
	}
	if out, code := s.run(t, other, "join Bo"); code != 1 || out != errServer.Error()+"\n" {
		t.Errorf("join: exit %d, %q", code, out)
	}
	if _, err := os.Stat(state); err == nil {
		t.Error("the state begins anew in its old place")
	}
	for _, want := range []string{"keeping a learner's file failed", "keeping the learners failed", state} {
		if !strings.Contains(s.log.String(), want) {
			t.Errorf("the log lacks %q: %s", want, s.log)
		}
	}
	if err := os.Rename(away, state); err != nil {
		t.Fatal(err)
	}
	if out, code := s.send(t, key, "check scores", "right"); code != 0 {
		t.Errorf("when it is back: exit %d, %q", code, out)
	}
	if out, code := s.run(t, other, "join Ann"); code != 0 || !strings.Contains(out, "You are Ann 2.") {
		t.Errorf("when it is back: exit %d, %q", code, out)
	}
}

// fullStore keeps nothing.
type fullStore struct{ progress.Store }

func (fullStore) Record(string, ...progress.Fact) error {
	return errors.New("keeping progress in /secret/path: the disk is full")
}

// TestProgressThatIsNotKept reads and checks where the disk is full.
func TestProgressThatIsNotKept(t *testing.T) {
	w := workshop(t)
	w.Store = fullStore{w.Store}
	s := serveWorkshop(t, w, nil)
	key := newKey(t)
	s.run(t, key, "join Ann")
	c := s.open(t, key, 80, 24, false)
	c.expect("Page One", "Your progress is not kept: the server cannot")
	c.press("n")
	c.expect("2/2 Page Two")
	if out, code := s.send(t, key, "check scores", "right"); code != 1 || strings.Contains(out, "secret") ||
		!strings.Contains(out, "scores: pass (") || !strings.Contains(out, errServer.Error()) {
		t.Errorf("exit %d, %q", code, out)
	}
	if strings.Contains(c.written(), "secret") {
		t.Error("a learner hears where the server keeps its files")
	}
	if log := s.log.String(); strings.Count(log, "/secret/path: the disk is full") != 1 {
		t.Errorf("the log tells it another number of times than once: %s", log)
	}
}

// lostStore has lost what it kept.
type lostStore struct{ progress.Store }

func (lostStore) Export(string, io.Writer) error {
	return errors.New("reading progress in /secret/path: the disk fails")
}

func TestProgressThatCannotBeExported(t *testing.T) {
	w := workshop(t)
	w.Store = lostStore{w.Store}
	s := serveWorkshop(t, w, nil)
	key := newKey(t)
	s.run(t, key, "join Ann")
	if out, code := s.run(t, key, "progress --json"); code != 1 || out != errServer.Error()+"\n" {
		t.Errorf("exit %d, %q", code, out)
	}
	if log := s.log.String(); !strings.Contains(log, "/secret/path: the disk fails") {
		t.Errorf("the log does not tell it: %s", log)
	}
}

func TestTheLogHearsOfAFailureAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log lockedBuffer
		f := newFailures(slog.New(slog.NewTextHandler(&log, nil)))
		for range 120 {
			if err := f.of("keeping", errors.New("the disk is full")); !errors.Is(err, errServer) {
				t.Fatalf("a learner hears %v", err)
			}
			time.Sleep(time.Second)
		}
		if err := f.of("keeping", nil); err != nil {
			t.Errorf("no failure is told as %v", err)
		}
		if n := strings.Count(log.String(), "the disk is full"); n != 2 {
			t.Errorf("told %d times in two minutes, want 2", n)
		}
	})
}
