package vaetrain

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

// bench is a player of the lab with the work that the test drives.
type bench struct {
	*labtest.Player
	model *Model
	runs  []*fakeRun // made by the work, in order
}

func play(t *testing.T, script func(b *bench)) {
	t.Helper()
	b := &bench{}
	labtest.Play(t, func() screen.Screen {
		b.model = New(b.train, recordedSettings(), question)
		return b.model
	}, func(p *labtest.Player) {
		b.Player = p
		script(b)
	})
}

func (b *bench) train(ctx context.Context, s lab.VAESettings, emit func(lab.Event)) error {
	run := newFakeRun()
	run.settings = s
	b.runs = append(b.runs, run)
	return run.work(ctx, emit)
}

func (b *bench) run() *fakeRun { return b.runs[len(b.runs)-1] }

func (b *bench) emit(events ...lab.Event) {
	for _, e := range events {
		b.run().events <- e
	}
	b.Settle()
}

func (b *bench) start() { b.emit(recordedStart(b.run())) }

func (b *bench) expectAsked(want ...string) {
	b.Helper()
	if got := b.run().calls; !slices.Equal(got, want) {
		b.Errorf("the run was asked for %q, want %q", got, want)
	}
	b.run().calls = nil
}

func TestKeysReachTheRun(t *testing.T) {
	play(t, func(b *bench) {
		b.Press("space", "right")
		b.Expect("β is 3 from the first step on")
		b.start()
		b.expectAsked("β 3")
		b.emit(recorded(2, 1)...)
		b.Press("space")
		b.Expect("paused at step 2; space goes on")
		b.Press("s", "space", "left", "+", "-")
		b.expectAsked("pause", "step", "resume", "β 1", "β 3", "β 1")
		b.Expect("β is 1 from the next step on")
		b.model.Update(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
		b.expectAsked("β 3")
		b.Press("x", "x", "left")
		b.expectAsked("stop")
		b.Expect("β is 1 in the next run")
		b.emit(lab.VAEDone{DoneEvent: engine.DoneEvent{Ending: engine.Stopped}, Reconstruction: 150, KL: 5})
		close(b.run().events)
		b.Settle()
		b.Expect("stopped: held out, reconstruction 150.0 and KL 5.00 nats")
		b.Press("space")
		b.Expect("the run has ended; r starts over")
	})
}

func TestBetaHasStops(t *testing.T) {
	play(t, func(b *bench) {
		b.start()
		for range 12 {
			b.Press("left")
		}
		b.Expect("β stays between 0 and 100")
		if b.model.settings.Beta != 0 {
			b.Errorf("β is %v", b.model.settings.Beta)
		}
		b.model.settings.Beta = 0.5 // between two stops
		b.Press("right")
		b.Expect("β is 1 ")
		b.model.settings.Beta = 0.5
		b.Press("left")
		b.Expect("β is 0.3 ")
		b.run().refuse = errors.New("the run refuses")
		b.Press("right")
		b.Expect("the run refuses")
	})
}

func TestRestartOverlaysTheRunBefore(t *testing.T) {
	play(t, func(b *bench) {
		b.Press("r")
		b.Expect("there is nothing to start over yet")
		b.start()
		b.Press("o")
		b.Expect("there is no earlier run yet")
		b.emit(recorded(100, 1)...)
		before := b.run()
		b.Press("left", "w", "r")
		if len(b.runs) != 2 || b.run().settings.Beta != 0.3 || b.run().settings.WarmUp != 1 {
			b.Fatalf("%d runs were made, the last with %+v", len(b.runs), b.run().settings)
		}
		select {
		case before.events <- look(1, 1):
			b.Error("the run before still works")
		default:
		}
		b.start()
		b.emit(recorded(50, 1)...)
		if frame := ansi.Strip(b.model.View(120, 38, labtest.Themes()["no-colour"])); !strings.Contains(frame, "┄ last") {
			b.Errorf("the run before is not shown:\n%s", frame)
		}
		b.Press("o")
		b.Expect("the earlier run is hidden")
		// What another job tells is stale.
		b.model.Update(job.Msg{Job: job.New(), Events: []lab.Event{lab.VAELook{KL: 999}}, Ended: true, Err: errors.New("stale")})
		if b.model.now.err != nil || b.model.now.look.KL == 999 {
			b.Error("a stale message was taken")
		}
	})
}

func TestTaskIsReachedAtTheEndOfAnEpoch(t *testing.T) {
	play(t, func(b *bench) {
		b.start()
		l := look(469, 1)
		l.Samples.Grey = 0.19
		l.Task = lab.VAETask(l.KL, l.Samples)
		l.Reached = false // within an epoch
		b.emit(l)
		if b.model.Task().Reached {
			b.Error("a look within an epoch reaches the task")
		}
		l.Reached = true
		b.emit(l)
		b.Expect("reached ✓")
		b.Press("r")
		b.start()
		b.emit(look(1, 1))
		b.Expect("reached ✓") // It stays reached.
	})
}

func TestFailuresSayWhatToDo(t *testing.T) {
	play(t, func(b *bench) {
		b.run().fails = errors.New("t10k-images-idx3-ubyte.gz: truncated")
		close(b.run().events)
		b.Settle()
		b.Expect("truncated; r starts over")
		b.Press("r")
		b.start()
		b.emit(recorded(10, 1)...)
		b.Expect("epoch 1")
		b.run().panics = "index out of range"
		close(b.run().events)
		b.Settle()
		b.Expect("internal error: index out of range", "r starts over")
		b.Press("r")
		close(b.run().events)
		b.Settle()
		b.Expect("the run ended without a result")
	})
}

func TestCloseEndsEverything(t *testing.T) {
	// synctest.Test fails when a goroutine is left, also when the run is in the middle of its work.
	play(t, func(b *bench) { b.start(); b.emit(recorded(3, 1)...) })
	play(t, func(b *bench) { b.start(); b.Press("r", "r") })
	play(t, func(b *bench) { b.model.Close(); b.model.Close() })
}

func TestReachHoldsNearlyAllCodes(t *testing.T) {
	for far, want := range map[float64]float64{0.1: 3, 3: 3, 3.1: 4, 4.5: 6, 7: 8, 15.7: 16, 100: 128} {
		codes := make([]float32, 400)
		labels := make([]uint8, 200)
		for i := range codes {
			codes[i] = float32(far)
		}
		codes[0] = 1e9 // One stray code does not count.
		if got := reach(groups(codes, labels)); got < want-1e-6 || got > want+1e-6 {
			t.Errorf("codes up to %v are drawn up to %v, want %v", far, got, want)
		}
	}
	if got := groups([]float32{1, 2, 3}, []uint8{4, 5, 4}); len(got[4].Points) != 2 || got[4].Points[1].X != 3 || got[4].Points[1].Y != 0 {
		t.Errorf("codes of one dimension are drawn at %+v", got)
	}
}
