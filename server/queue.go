package server

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/aetutor/aetutor/exercises"
)

// Worker checks one file at a time.
type Worker interface {
	// Warm does ahead of the first check what takes long.
	Warm(ctx context.Context) error
	// Check is exercises.Checker.Check.
	Check(ctx context.Context, e exercises.Exercise, file string, source []byte, seed uint64) (exercises.Verdict, error)
}

// queue has workers check learners' files in the order in which they come. A learner has at most one check that runs and
// one that waits.
type queue struct {
	most    int // that may wait
	metrics *metrics
	log     *slog.Logger
	workers sync.WaitGroup

	mu      sync.Mutex
	line    []*check
	running []*check
	idle    []chan *check // of workers that have nothing to do
	warm    bool          // whether a worker was ready once
	closed  string        // why nothing is checked, "" while files are
}

// check is one check of a learner's file.
type check struct {
	learner  string
	exercise exercises.Exercise
	source   []byte
	ctx      context.Context
	cancel   context.CancelCauseFunc
	moved    chan struct{} // holds a token when its place in the line has changed
	done     chan outcome  // holds the outcome once there is one
}

type outcome struct {
	verdict exercises.Verdict
	err     error
}

// refusal is an error that is about the server, in words for a learner.
type refusal struct{ text string }

func (r refusal) Error() string { return r.text }

var (
	errOvertaken = refusal{"A newer check of yours took the place of this one."}
	errOwnFault  = refusal{"The check failed for a reason of the server's own. Your file is kept; tell your teacher."}
)

// newQueue makes a queue in which most checks may wait. With a reason why nothing is checked it refuses all.
func newQueue(most int, closed string, m *metrics, log *slog.Logger) *queue {
	return &queue{most: most, closed: closed, metrics: m, log: log}
}

// start has workers get ready and then work until the queue is stopped.
func (q *queue) start(ctx context.Context, workers []Worker) {
	failed := make(chan error, len(workers))
	for _, w := range workers {
		q.workers.Go(func() {
			err := w.Warm(ctx)
			failed <- err
			if err == nil {
				q.work(ctx, w)
			}
		})
	}
	q.workers.Go(func() {
		ready := 0
		for range workers {
			if err := <-failed; err == nil {
				ready++
			} else if ctx.Err() == nil {
				q.log.Error("a worker for checks cannot get ready", "error", err)
			}
		}
		if ctx.Err() != nil || len(workers) == 0 {
			return
		}
		q.log.Info("exercises can be checked", "workers", ready)
		if ready == 0 {
			q.close("Exercises cannot be checked on this server at present; its log says why. Tell your teacher.")
		}
	})
}

// work does one check after the other.
func (q *queue) work(ctx context.Context, w Worker) {
	next := make(chan *check, 1)
	for {
		q.mu.Lock()
		q.warm = true
		q.idle = append(q.idle, next)
		q.grant()
		q.mu.Unlock()
		select {
		case c := <-next:
			q.perform(c, w)
		case <-ctx.Done():
			return
		}
	}
}

// perform checks a file. Its client may be gone or slow, so the worker waits for nobody.
func (q *queue) perform(c *check, w Worker) {
	v, err := c.run(w)
	status := string(v.Status)
	if gone := context.Cause(c.ctx); gone != nil {
		status, err = "cancelled", gone
	} else if err != nil {
		q.log.Error("a check failed", "exercise", c.exercise.Name, "error", err)
		status, err = "error", errOwnFault
	}
	q.metrics.checks.WithLabelValues(status).Inc()
	c.done <- outcome{v, err}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.running = slices.DeleteFunc(q.running, func(o *check) bool { return o == c })
	q.grant()
}

// run has a worker check the file. A panic would end the whole server; it is an error of the check.
func (c *check) run(w Worker) (v exercises.Verdict, err error) {
	defer func() {
		if value := recover(); value != nil {
			err = fmt.Errorf("%v\n%s", value, debug.Stack())
		}
	}()
	return w.Check(c.ctx, c.exercise, fileName(c.exercise), c.source, rand.Uint64N(1e6))
}

// check waits for the turn of a learner's file and for its verdict. told hears of its place in the line. An error that is
// a refusal says in words why there is no verdict.
func (q *queue) check(ctx context.Context, learner string, e exercises.Exercise, source []byte, told func(string)) (exercises.Verdict, error) {
	c, err := q.join(ctx, learner, e, source)
	if err != nil {
		return exercises.Verdict{}, err
	}
	defer q.leave(c)
	last := ""
	for {
		select {
		case o := <-c.done:
			return o.verdict, o.err
		case <-c.ctx.Done():
			return exercises.Verdict{}, context.Cause(c.ctx)
		case <-c.moved:
			place, waits := q.place(c)
			if place != last && (waits || last != "") { // Who does not wait hears nothing but the verdict.
				told(place)
				last = place
			}
		}
	}
}

// join puts a check into the line. It takes the place of an older one of the learner that waits, and ends one of the
// same exercise that runs.
func (q *queue) join(ctx context.Context, learner string, e exercises.Exercise, source []byte) (*check, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	older := slices.IndexFunc(q.line, func(o *check) bool { return o.learner == learner })
	switch {
	case q.closed != "":
		return nil, refusal{q.closed}
	case older < 0 && len(q.line) >= q.most:
		return nil, refusal{fmt.Sprintf("%d checks are waiting, and that is all that may wait. Your file is kept; try again in a minute.", q.most)}
	}
	c := &check{learner: learner, exercise: e, source: source, moved: make(chan struct{}, 1), done: make(chan outcome, 1)}
	c.ctx, c.cancel = context.WithCancelCause(ctx)
	for _, o := range q.running {
		if o.learner == learner && o.exercise.Name == e.Name {
			o.cancel(errOvertaken)
		}
	}
	if older < 0 {
		q.line = append(q.line, c)
	} else {
		q.line[older].cancel(errOvertaken)
		q.line[older] = c
	}
	q.grant()
	return c, nil
}

// leave takes a check out of the line, or stops it when it runs.
func (q *queue) leave(c *check) {
	c.cancel(context.Canceled)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.line = slices.DeleteFunc(q.line, func(o *check) bool { return o == c })
	q.grant()
}

// grant gives checks to workers that have nothing to do, and tells the others that their place may have changed. A check
// of a learner who has one that runs waits for its end.
func (q *queue) grant() {
	for i := 0; i < len(q.line) && len(q.idle) > 0; {
		c := q.line[i]
		if slices.ContainsFunc(q.running, func(o *check) bool { return o.learner == c.learner }) {
			i++
			continue
		}
		q.line = slices.Delete(q.line, i, i+1)
		q.running = append(q.running, c)
		q.idle[0] <- c
		q.idle = q.idle[1:]
		c.move()
	}
	for _, c := range q.line {
		c.move()
	}
	q.metrics.waiting.Set(float64(len(q.line)))
}

func (c *check) move() {
	select {
	case c.moved <- struct{}{}:
	default: // It is told already.
	}
}

// place says in words where a check is, and whether it waits.
func (q *queue) place(c *check) (text string, waits bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	i := slices.Index(q.line, c)
	switch {
	case i < 0:
		return "checking", false
	case !q.warm:
		return ordinal(i+1) + " in line; the server is building GoMLX first, which takes up to a minute", true
	}
	return ordinal(i+1) + " in line", true
}

// close refuses checks from now on, also those that wait.
func (q *queue) close(why string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed == "" {
		q.closed = why
	}
	for _, c := range q.line {
		c.cancel(refusal{why})
	}
}

// stop ends all checks, and returns once nothing of them is left. The workers end with the context that they were started
// with.
func (q *queue) stop() {
	q.close("The server stops.")
	q.mu.Lock()
	for _, c := range q.running {
		c.cancel(refusal{q.closed})
	}
	q.mu.Unlock()
	q.workers.Wait()
}

// ordinal is 1st, 2nd, 3rd, 4th, 11th, 21st.
func ordinal(n int) string {
	suffix := "th"
	if tens := n / 10 % 10; tens != 1 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprint(n) + suffix
}
