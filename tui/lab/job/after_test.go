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

// second works a second, then ends, also when it is stopped before.
func second(context.Context, func(lab.Event)) error {
	time.Sleep(time.Second)
	return nil
}

func TestStartAfterWaitsForTheJobBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before, j, start := New(), New(), time.Now()
		go before.Start(second)()
		before.Stop()
		_, _, last := take(t, j.StartAfter(before, count(1, nil))(), j)
		if waited := time.Since(start); waited < time.Second || last.Err != nil {
			t.Errorf("the job ended after %v with error %v; the one before works a second", waited, last.Err)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		before, j, worked := New(), New(), false
		go before.Start(second)()
		go j.StartAfter(before, func(context.Context, func(lab.Event)) error { worked = true; return nil })()
		synctest.Wait()
		j.Stop()
		if <-j.Ended(); worked {
			t.Error("a job that was stopped while it waited worked")
		}
		<-before.Ended()
	})
	synctest.Test(t, func(t *testing.T) {
		j := New()
		if events, _, _ := take(t, j.StartAfter(nil, count(2, nil))(), j); events != 2 {
			t.Errorf("a job with none before tells %d events, want 2", events)
		}
	})
}

func TestPrepareMakesWhatAJobWorksWith(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before, j, start := New(), New(), time.Now()
		go before.Start(second)()
		msg, ok := Prepare(j, before, func(context.Context) (string, error) { return "run", nil })().(Prepared[string])
		if !ok || msg.Job != j || msg.Made != "run" || msg.Err != nil {
			t.Errorf("what was prepared is %+v", msg)
		}
		if waited := time.Since(start); waited < time.Second {
			t.Errorf("it was prepared after %v; the job before works a second", waited)
		}
		j.Refuse()
	})
}

// TestPrepareEndsAJobThatItCannotServe also stops one before: who waits for the job must not wait for ever.
func TestPrepareEndsAJobThatItCannotServe(t *testing.T) {
	failed := errors.New("no backend")
	for name, c := range map[string]struct {
		prepare func(context.Context) (int, error)
		stopped bool
		want    string
	}{
		"an error": {prepare: func(context.Context) (int, error) { return 0, failed }, want: "no backend"},
		"a panic":  {prepare: func(context.Context) (int, error) { panic("shapes differ") }, want: "internal error: shapes differ"},
		"a stop":   {prepare: func(context.Context) (int, error) { return 1, nil }, stopped: true, want: "context canceled"},
	} {
		t.Run(name, func(t *testing.T) {
			j := New()
			if c.stopped {
				j.Stop()
			}
			msg, ok := Prepare(j, nil, c.prepare)().(Prepared[int])
			if !ok || msg.Job != j || msg.Err == nil || !strings.Contains(msg.Err.Error(), c.want) {
				t.Fatalf("it is %+v, want the error %q", msg, c.want)
			}
			select {
			case <-j.Ended():
			default:
				t.Error("the job has not ended")
			}
		})
	}
}
