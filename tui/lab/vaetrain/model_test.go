package vaetrain

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/job"
)

// bench runs the lab without a program: it works each command in a goroutine of its own and hands its message back, as
// Bubble Tea does. It must be used within synctest.Test.
type bench struct {
	*testing.T
	model *Model
	msgs  chan tea.Msg
	runs  []*fakeRun // made by the work, in order
}

func play(t *testing.T, script func(b *bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{T: t, msgs: make(chan tea.Msg, 100)}
		b.model = New(b.train, recordedSettings(), question)
		t.Cleanup(func() {
			b.model.Close()
			synctest.Wait()
		})
		b.work(b.model.Init())
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

// work works a command and all that follow from it until every one waits.
func (b *bench) work(cmd tea.Cmd) {
	if cmd != nil {
		go func() { b.msgs <- cmd() }()
	}
	for {
		synctest.Wait()
		time.Sleep(100 * time.Millisecond) // time of the bubble: it lets a batch of events come through
		synctest.Wait()
		select {
		case msg := <-b.msgs:
			if msg == nil {
				continue
			}
			if _, next := b.model.Update(msg); next != nil {
				go func() { b.msgs <- next() }()
			}
		default:
			return
		}
	}
}

func (b *bench) press(keys ...string) {
	for _, key := range keys {
		_, cmd := b.model.Update(keymap.Press(key))
		b.work(cmd)
	}
}

func (b *bench) emit(events ...lab.Event) {
	for _, e := range events {
		b.run().events <- e
	}
	b.work(nil)
}

func (b *bench) start() { b.emit(recordedStart(b.run())) }

func (b *bench) text() string {
	return strings.Join(strings.Fields(ansi.Strip(b.model.View(80, 22, themes()["no-colour"]))), " ")
}

func (b *bench) expect(texts ...string) {
	b.Helper()
	for _, text := range texts {
		if !strings.Contains(b.text(), text) {
			b.Errorf("the screen does not say %q:\n%s", text, ansi.Strip(b.model.View(80, 22, themes()["no-colour"])))
		}
	}
}

func (b *bench) expectAsked(want ...string) {
	b.Helper()
	if got := b.run().calls; !slices.Equal(got, want) {
		b.Errorf("the run was asked for %q, want %q", got, want)
	}
	b.run().calls = nil
}

func TestKeysReachTheRun(t *testing.T) {
	play(t, func(b *bench) {
		b.press("space", "right")
		b.expect("β is 3 from the first step on")
		b.start()
		b.expectAsked("β 3")
		b.emit(recorded(2, 1)...)
		b.press("space")
		b.expect("paused at step 2; space goes on")
		b.press("s", "space", "left", "+", "-")
		b.expectAsked("pause", "step", "resume", "β 1", "β 3", "β 1")
		b.expect("β is 1 from the next step on")
		b.model.Update(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
		b.expectAsked("β 3")
		b.press("x", "x", "left")
		b.expectAsked("stop")
		b.expect("β is 1 in the next run")
		b.emit(lab.VAEDone{DoneEvent: engine.DoneEvent{Ending: engine.Stopped}, Reconstruction: 150, KL: 5})
		close(b.run().events)
		b.work(nil)
		b.expect("stopped: reconstruction 150.0, KL 5.00 nats")
		b.press("space")
		b.expect("the run has ended; r starts over")
	})
}

func TestBetaHasStops(t *testing.T) {
	play(t, func(b *bench) {
		b.start()
		for range 12 {
			b.press("left")
		}
		b.expect("β stays between 0 and 100")
		if b.model.settings.Beta != 0 {
			b.Errorf("β is %v", b.model.settings.Beta)
		}
		b.model.settings.Beta = 0.5 // between two stops
		b.press("right")
		b.expect("β is 1 ")
		b.model.settings.Beta = 0.5
		b.press("left")
		b.expect("β is 0.3 ")
		b.run().refuse = errors.New("the run refuses")
		b.press("right")
		b.expect("the run refuses")
	})
}

func TestRestartOverlaysTheRunBefore(t *testing.T) {
	play(t, func(b *bench) {
		b.press("r")
		b.expect("there is nothing to start over yet")
		b.start()
		b.press("o")
		b.expect("there is no earlier run yet")
		b.emit(recorded(100, 1)...)
		before := b.run()
		b.press("left", "w", "r")
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
		if frame := ansi.Strip(b.model.View(120, 38, themes()["no-colour"])); !strings.Contains(frame, "┄ last") {
			b.Errorf("the run before is not shown:\n%s", frame)
		}
		b.press("o")
		b.expect("the earlier run is hidden")
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
		b.expect("reached ✓")
		b.press("r")
		b.start()
		b.emit(look(1, 1))
		b.expect("reached ✓") // It stays reached.
	})
}

func TestFailuresSayWhatToDo(t *testing.T) {
	play(t, func(b *bench) {
		b.run().fails = errors.New("t10k-images-idx3-ubyte.gz: truncated")
		close(b.run().events)
		b.work(nil)
		b.expect("truncated; r starts over")
		b.press("r")
		b.start()
		b.emit(recorded(10, 1)...)
		b.expect("epoch 1")
		b.run().panics = "index out of range"
		close(b.run().events)
		b.work(nil)
		b.expect("internal error: index out of range", "r starts over")
		b.press("r")
		close(b.run().events)
		b.work(nil)
		b.expect("the run ended without a result")
	})
}

func TestCloseEndsEverything(t *testing.T) {
	// synctest.Test fails when a goroutine is left, also when the run is in the middle of its work.
	play(t, func(b *bench) { b.start(); b.emit(recorded(3, 1)...) })
	play(t, func(b *bench) { b.start(); b.press("r", "r") })
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
