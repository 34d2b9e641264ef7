package server

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/exercises/jail"
	"github.com/aetutor/aetutor/progress"
)

// blockedWorker checks until it is told to stop.
type blockedWorker struct{ began, stopped chan struct{} }

func (blockedWorker) Warm(context.Context) error { return nil }

func (w blockedWorker) Check(ctx context.Context, e exercises.Exercise, _ string, _ []byte, _ uint64) (exercises.Verdict, error) {
	w.began <- struct{}{}
	<-ctx.Done()
	w.stopped <- struct{}{}
	return exercises.Verdict{Name: e.Name}, ctx.Err()
}

// A client may close its session and keep the connection, as OpenSSH does for connections that are shared.
func TestACheckEndsWithItsClient(t *testing.T) {
	w := workshop(t)
	worker := blockedWorker{make(chan struct{}, 1), make(chan struct{}, 1)}
	w.Workers = []Worker{worker}
	s := serveWorkshop(t, w, nil)
	key := newKey(t)
	s.run(t, key, "join Ann")
	for name, leave := range map[string]func(*ssh.Client, *ssh.Session) error{
		"session":    func(_ *ssh.Client, session *ssh.Session) error { return session.Close() },
		"connection": func(client *ssh.Client, _ *ssh.Session) error { return client.Close() },
	} {
		client := s.dial(t, key)
		session, err := client.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		session.Stdin = strings.NewReader("right")
		if err := session.Start("check scores"); err != nil {
			t.Fatal(err)
		}
		<-worker.began
		if err := leave(client, session); err != nil {
			t.Fatal(err)
		}
		select {
		case <-worker.stopped:
		case <-time.After(patience):
			t.Fatalf("the check goes on without its %s", name)
		}
	}
}

func TestAServerThatDoesNotCheckSaysWhy(t *testing.T) {
	w := workshop(t)
	w.Workers, w.Unchecked = nil, "Exercises are not checked on this server: it lacks walls (no bricks)."
	s := serveWorkshop(t, w, nil)
	key := newKey(t)
	s.run(t, key, "join Ann")
	if out, code := s.send(t, key, "check scores", "right"); code != 1 || out != w.Unchecked+"\n" {
		t.Errorf("exit %d, %q", code, out)
	}
	if out, code := s.run(t, key, "get scores"); code != 0 || out != "right" {
		t.Errorf("the file is not kept: exit %d, %q", code, out)
	}
}

// realWorkers build and run in the cache of the tests of package exercises.
func realWorkers(t *testing.T, n int) []Worker {
	t.Helper()
	tools, err := exercises.FindToolchain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	confined, err := jail.New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	shared, err := exercises.NewChecker(filepath.Join(cache, "aetutor-test", "exercises"), tools, confined, func(text string) { t.Log(text) })
	if err != nil {
		t.Fatal(err)
	}
	var workers []Worker
	for range n {
		w, err := shared.Worker(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		workers = append(workers, w)
	}
	return workers
}

// Learners who check the same exercise at once get their own verdicts, and none can call what another wrote.
func TestLearnersDoNotMeetInTheJail(t *testing.T) {
	w := workshop(t)
	w.Workers = realWorkers(t, 2)
	s := serveWorkshop(t, w, manyConnections)
	scores, _ := exercises.Find(w.Exercises, "scores")
	loss, _ := exercises.Find(w.Exercises, "loss")
	right := string(scores.Solution)
	wrong := strings.Replace(right, "w[0]", "0", 1)
	if wrong == right {
		t.Fatal("the solution is written in another way now; change the test")
	}
	var all sync.WaitGroup
	for i := range 4 {
		key := newKey(t)
		s.run(t, key, "join x")
		all.Go(func() {
			source, want, exit := right, "scores: pass (", 0
			if i%2 == 1 {
				source, want, exit = wrong, "scores: fail (", 1
			}
			if out, code := s.send(t, key, "check scores", source); code != exit || !strings.Contains(out, want) {
				t.Errorf("learner %d: exit %d, %s", i, code, out)
			}
		})
	}
	all.Wait()
	thief := newKey(t)
	s.run(t, thief, "join Thief")
	source := strings.Replace(string(loss.Source), "\nimport ", "\nimport _ \"exercise/scores\"\n\nimport ", 1)
	if source == string(loss.Source) {
		t.Fatal("the exercise has no imports any more; change the test")
	}
	for range 2 { // Perhaps each worker once.
		if out, code := s.send(t, thief, "check loss", source); code != 1 || !strings.Contains(out, "loss: build (") || !strings.Contains(out, "exercise/scores") {
			t.Errorf("a learner imports another's file: exit %d, %s", code, out)
		}
	}
	kept, err := s.workshop.Store.Load(ssh.FingerprintSHA256(thief.PublicKey()))
	if err != nil || len(kept.Exercises) != 1 || kept.Exercises[0].Status != progress.Fail {
		t.Errorf("kept %+v, %v", kept.Exercises, err)
	}
}
