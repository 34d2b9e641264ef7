package server

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aetutor/aetutor/exercises"
)

// slowWorker takes a second for a check, which passes when the file has the word right in it. What it cannot get ready
// for is cold.
type slowWorker struct {
	cold error

	mu      sync.Mutex
	stopped int // checks that were ended by their context
}

func (w *slowWorker) Warm(context.Context) error { return w.cold }

func (w *slowWorker) Check(ctx context.Context, e exercises.Exercise, _ string, source []byte, _ uint64) (exercises.Verdict, error) {
	select {
	case <-time.After(time.Second):
	case <-ctx.Done():
		w.mu.Lock()
		defer w.mu.Unlock()
		w.stopped++
		return exercises.Verdict{}, ctx.Err()
	}
	return judged(e, source)
}

// judged is a verdict without a build.
func judged(e exercises.Exercise, source []byte) (exercises.Verdict, error) {
	v := exercises.Verdict{Name: e.Name, Lesson: e.Lesson, Status: exercises.Fail, Cases: []exercises.Case{{Name: "the case"}}}
	switch text := string(source); {
	case strings.Contains(text, "broken"):
		return v, errors.New("the disk /secret/path is full")
	case strings.Contains(text, "right"):
		v.Status, v.Cases[0].OK = exercises.Pass, true
	}
	return v, nil
}

// queued is a queue with workers, in the bubble of a test.
type queued struct {
	*queue
	log lockedBuffer
	end func()
}

func newQueued(t *testing.T, most int, workers ...Worker) *queued {
	t.Helper()
	q := &queued{}
	q.queue = newQueue(most, "", newMetrics(), slog.New(slog.NewTextHandler(&q.log, nil)))
	ctx, cancel := context.WithCancel(t.Context())
	q.end = func() {
		cancel()
		q.stop()
	}
	q.start(ctx, workers)
	synctest.Wait()
	return q
}

// submitted is a check that somebody waits for.
type submitted struct {
	verdict exercises.Verdict
	err     error
	told    []string
	leave   func()
	done    chan struct{}
}

func (q *queued) submit(t *testing.T, learner, exercise, source string) *submitted {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	s := &submitted{leave: cancel, done: make(chan struct{})}
	go func() {
		defer close(s.done)
		s.verdict, s.err = q.check(ctx, learner, exercises.Exercise{Name: exercise}, []byte(source), func(place string) {
			s.told = append(s.told, place)
		})
	}()
	synctest.Wait()
	return s
}

func (s *submitted) expect(t *testing.T, err error, told ...string) {
	t.Helper()
	<-s.done
	if !errors.Is(s.err, err) || !slices.Equal(s.told, told) {
		t.Errorf("ended with %v after %q, want %v after %q", s.err, s.told, err, told)
	}
}

func TestChecksWaitInLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueued(t, 10, &slowWorker{})
		defer q.end()
		start := time.Now()
		first := q.submit(t, "ann", "scores", "right")
		second := q.submit(t, "bo", "scores", "wrong")
		third := q.submit(t, "cy", "loss", "right")
		first.expect(t, nil)
		second.expect(t, nil, "1st in line", "checking")
		third.expect(t, nil, "2nd in line", "1st in line", "checking")
		if first.verdict.Status != exercises.Pass || second.verdict.Status != exercises.Fail || third.verdict.Name != "loss" {
			t.Errorf("verdicts got mixed up: %+v %+v %+v", first.verdict, second.verdict, third.verdict)
		}
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("three checks of a second took %v", took)
		}
	})
}

func TestWorkersCheckAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueued(t, 10, &slowWorker{}, &slowWorker{}, &slowWorker{cold: errors.New("no room")})
		defer q.end()
		start := time.Now()
		var all []*submitted
		for _, learner := range []string{"ann", "bo", "cy", "di"} {
			all = append(all, q.submit(t, learner, "scores", "right"))
		}
		for _, s := range all {
			<-s.done
		}
		if took := time.Since(start); took != 2*time.Second {
			t.Errorf("four checks of a second took two workers %v", took)
		}
		if log := q.log.String(); !strings.Contains(log, "no room") || !strings.Contains(log, "workers=2") {
			t.Errorf("the log does not tell of the workers: %s", log)
		}
	})
}

// A learner has one check that runs and one that waits; a newer one takes the place of the older.
func TestANewerCheckOvertakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		one, other := &slowWorker{}, &slowWorker{}
		q := newQueued(t, 10, one, other)
		defer q.end()
		running := q.submit(t, "ann", "scores", "right")
		waiting := q.submit(t, "ann", "loss", "wrong") // The other worker has nothing to do, and still it waits.
		q.submit(t, "bo", "scores", "right")
		last := q.submit(t, "cy", "scores", "right")
		newer := q.submit(t, "ann", "loss", "right")
		waiting.expect(t, errOvertaken, "1st in line")
		if place, _ := q.place(q.line[0]); len(q.line) != 2 || q.line[0].learner != "ann" || place != "1st in line" {
			t.Errorf("the newer check lost its place: %d wait, first %q", len(q.line), q.line[0].learner)
		}
		again := q.submit(t, "ann", "scores", "wrong")
		running.expect(t, errOvertaken)
		newer.expect(t, errOvertaken, "1st in line")
		again.expect(t, nil, "1st in line", "checking")
		last.expect(t, nil, "2nd in line", "1st in line", "checking")
		if stopped := one.stopped + other.stopped; stopped != 1 || again.verdict.Status != exercises.Fail {
			t.Errorf("%d checks were stopped, want 1; the newest ends in %s", stopped, again.verdict.Status)
		}
	})
}

func TestTheLineIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueued(t, 2, &slowWorker{})
		defer q.end()
		for _, learner := range []string{"ann", "bo", "cy"} {
			q.submit(t, learner, "scores", "right")
		}
		full := q.submit(t, "di", "scores", "right")
		<-full.done
		if full.err == nil || !strings.Contains(full.err.Error(), "2 checks are waiting") {
			t.Errorf("a fourth check ended with %v", full.err)
		}
		// Who waits already may send a newer file.
		if newer := q.submit(t, "cy", "scores", "right"); newer.err != nil {
			t.Errorf("a newer check is refused: %v", newer.err)
		}
	})
}

func TestWhoLeavesGivesUpTheirPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		worker := &slowWorker{}
		q := newQueued(t, 10, worker)
		defer q.end()
		start := time.Now()
		running, waiting := q.submit(t, "ann", "scores", "right"), q.submit(t, "bo", "scores", "right")
		last := q.submit(t, "cy", "scores", "right")
		waiting.leave()
		synctest.Wait()
		running.leave()
		last.expect(t, nil, "2nd in line", "1st in line", "checking")
		if took := time.Since(start); took != time.Second || worker.stopped != 1 {
			t.Errorf("the last check waited for those who had left: %v, %d stopped", took, worker.stopped)
		}
	})
}

func TestWhatKeepsChecksFromWorkingIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueued(t, 10, &slowWorker{cold: errors.New("no room")})
		refused := q.submit(t, "ann", "scores", "right")
		<-refused.done
		if refused.err == nil || !strings.Contains(refused.err.Error(), "cannot be checked on this server") {
			t.Errorf("without a worker a check ends with %v", refused.err)
		}
		q.end()

		q = newQueued(t, 10, &slowWorker{})
		broken := q.submit(t, "ann", "scores", "broken")
		broken.expect(t, errOwnFault)
		if !strings.Contains(q.log.String(), "/secret/path") || strings.Contains(broken.err.Error(), "/secret") {
			t.Errorf("the fault belongs into the log alone: %v; %s", broken.err, &q.log)
		}
		running, waiting := q.submit(t, "ann", "scores", "right"), q.submit(t, "bo", "scores", "right")
		q.close("The server is about to stop.")
		<-waiting.done
		if waiting.err == nil || waiting.err.Error() != "The server is about to stop." {
			t.Errorf("a check that waits ends with %v", waiting.err)
		}
		q.end()
		<-running.done
		if running.err == nil {
			t.Error("a check outlived the server")
		}
	})
}

// faultyWorker panics over a file with the word panic in it.
type faultyWorker struct{ slowWorker }

func (w *faultyWorker) Check(ctx context.Context, e exercises.Exercise, file string, source []byte, seed uint64) (
	exercises.Verdict, error,
) {
	if strings.Contains(string(source), "panic") {
		panic("a judge that nobody thought of")
	}
	return w.slowWorker.Check(ctx, e, file, source, seed)
}

// TestAPanicEndsItsCheckOnly sees to it that the whole class stays in the workshop.
func TestAPanicEndsItsCheckOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueued(t, 10, &faultyWorker{})
		defer q.end()
		q.submit(t, "ann", "scores", "panic").expect(t, errOwnFault)
		if log := q.log.String(); !strings.Contains(log, "a judge that nobody thought of") || !strings.Contains(log, "queue_test.go") {
			t.Errorf("the log does not tell what panicked and where: %s", log)
		}
		q.submit(t, "ann", "scores", "right").expect(t, nil)
	})
}

// Nobody waits long for a server that gets ready without being told why.
func TestThePlaceBeforeTheServerIsReady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueued(t, 10)
		defer q.end()
		s := q.submit(t, "ann", "scores", "right")
		s.leave()
		s.expect(t, context.Canceled, "1st in line; the server is building GoMLX first, which takes up to a minute")
	})
}

func TestOrdinals(t *testing.T) {
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 21: "21st", 111: "111th", 122: "122nd"} {
		if got := ordinal(n); got != want {
			t.Errorf("%d is told as %s, want %s", n, got, want)
		}
	}
}
