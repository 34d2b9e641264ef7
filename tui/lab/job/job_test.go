package job

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aetutor/aetutor/lab"
)

// count works by telling n events, one a millisecond.
func count(n int, end error) func(context.Context, func(lab.Event)) error {
	return func(_ context.Context, emit func(lab.Event)) error {
		for range n {
			time.Sleep(time.Millisecond)
			emit(lab.Progress{})
		}
		return end
	}
}

// take takes all batches of a job that started.
func take(t *testing.T, first any, j *Job) (events, batches int, last Msg) {
	t.Helper()
	for msg := first; ; msg = j.Next() {
		m, ok := msg.(Msg)
		if !ok || m.Job != j {
			t.Fatalf("a batch is %#v", msg)
		}
		events += len(m.Events)
		batches++
		if m.Ended {
			return events, batches, m
		}
	}
}

func TestEventsComeInOrderedBatches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := New()
		events, batches, last := take(t, j.Start(count(300, nil))(), j)
		if events != 300 || last.Err != nil {
			t.Errorf("%d events, error %v; want 300 and none", events, last.Err)
		}
		if batches > 12 { // 300 ms at 30 batches a second, one at either end, and the end itself.
			t.Errorf("300 events in 300 ms came in %d batches", batches)
		}
		<-j.Ended()
	})
}

func TestFailureIsToldAfterTheLastEvent(t *testing.T) {
	failed := errors.New("it broke")
	synctest.Test(t, func(t *testing.T) {
		j := New()
		if events, _, last := take(t, j.Start(count(5, failed))(), j); events != 5 || !errors.Is(last.Err, failed) {
			t.Errorf("%d events and error %v", events, last.Err)
		}
	})
}

func TestPanicIsAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := New()
		work := func(context.Context, func(lab.Event)) error { panic("index out of range") }
		_, _, last := take(t, j.Start(work)(), j)
		if last.Err == nil || !strings.Contains(last.Err.Error(), "internal error: index out of range") {
			t.Errorf("the error is %v", last.Err)
		}
	})
}

// TestStopEndsEverything relies on synctest.Test, which fails when a goroutine is left.
func TestStopEndsEverything(t *testing.T) {
	forever := func(ctx context.Context, emit func(lab.Event)) error {
		for ctx.Err() == nil { // Nobody takes the events, so it waits with one in its hand.
			emit(lab.Progress{})
		}
		return ctx.Err()
	}
	synctest.Test(t, func(t *testing.T) {
		j := New()
		go j.Start(forever)()
		synctest.Wait()
		j.Stop()
		synctest.Wait()
		if msg := j.Next(); msg != nil {
			t.Errorf("a stopped job tells %#v", msg)
		}
	})
	synctest.Test(t, func(*testing.T) {
		j := New()
		waiting := func(ctx context.Context, _ func(lab.Event)) error { <-ctx.Done(); return ctx.Err() }
		go j.Start(waiting)()
		synctest.Wait()
		j.Stop()
	})
}
