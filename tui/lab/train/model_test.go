package train

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

// bench is a player of the lab with the work that the test drives.
type bench struct {
	*labtest.Player
	model *Model
	runs  []*fakeRun          // made by prepare, in order
	asked []lab.TrainSettings // with which prepare was called
	fails error               // what prepare returns
}

func (b *bench) prepare(_ context.Context, s lab.TrainSettings) (Prepared, error) {
	b.asked = append(b.asked, s)
	if b.fails != nil {
		return Prepared{}, b.fails
	}
	run := newFakeRun()
	b.runs = append(b.runs, run)
	return Prepared{Run: run, Architecture: "4–2–4", Parameters: 22, Backend: "go", Examples: 60000}, nil
}

// run is the present run.
func (b *bench) run() *fakeRun { return b.runs[len(b.runs)-1] }

// emit sends events of the present run and lets the model take them.
func (b *bench) emit(events ...engine.Event) {
	for _, e := range events {
		b.run().events <- e
	}
	b.Settle()
}

// end ends the present run after a last event.
func (b *bench) end(e engine.Event) {
	b.emit(e)
	close(b.run().events)
	b.Settle()
}

func (b *bench) expectAsked(want ...string) {
	b.Helper()
	if got := b.run().asked(); !slices.Equal(got, want) {
		b.Errorf("the run was asked for %q, want %q", got, want)
	}
}

func stepAt(n int, loss float64) engine.StepEvent {
	return engine.StepEvent{Step: n, Epoch: 1, Epochs: 10, Progress: float64(n) / 469, Loss: loss, SamplesPerSecond: 20000}
}

func play(t *testing.T, script func(b *bench)) {
	t.Helper()
	b := &bench{}
	labtest.Play(t, func() screen.Screen {
		b.model = New(b.prepare, recordedSettings(), "What comes back first?")
		return b.model
	}, func(p *labtest.Player) {
		b.Player = p
		script(b)
	})
}

func TestKeysReachTheRun(t *testing.T) {
	play(t, func(b *bench) {
		b.expectAsked("lr 0.001", "batch 128")
		b.emit(stepAt(1, 0.2))
		b.Press("space")
		b.Expect("paused at step 1; space goes on")
		b.Press("s", "s", "space", "+", "=", "-", "[", "]", "]")
		b.expectAsked("pause", "step", "step", "resume", "lr 0.002", "lr 0.005", "lr 0.002", "batch 64", "batch 128", "batch 256")
		b.Expect("lr 2.0e-3", "batch 256", "the batch is 256 examples from the next step on")
		b.Press("x")
		b.expectAsked("stop")
		b.Expect("stopping: the last validation runs")
		b.Press("x", "space", "+")
		b.expectAsked() // A run that is stopping obeys no more.
		b.end(engine.DoneEvent{TrainLoss: 0.03, ValLoss: 0.04, Epochs: 0, Ending: engine.Stopped})
		b.Expect("stopped: 0 epochs done, train 0.0300, validation 0.0400")
		b.Press("space")
		b.Expect("the run has ended; r starts over")
	})
}

func TestSettingsChangedWhilePreparingHold(t *testing.T) {
	m := New(nil, recordedSettings(), "What comes back first?")
	press(t, m, "space", "+", "[")
	run := newFakeRun()
	m.Update(job.Prepared[Prepared]{Job: m.job, Made: Prepared{Run: run}})
	if got, want := run.asked(), []string{"lr 0.002", "batch 64"}; !slices.Equal(got, want) {
		t.Errorf("the run was asked for %q, want %q", got, want)
	}
}

func TestSettingsHaveBounds(t *testing.T) {
	play(t, func(b *bench) {
		for range 30 {
			b.Press("+")
		}
		b.Expect("the learning rate stays between 1.0e-6 and 1.0e1")
		for range 30 {
			b.Press("[")
		}
		b.Expect("the batch stays between 1 and 4,096 examples")
		b.run().asked()
		b.run().refuse = errors.New("the run refuses")
		b.Press("]")
		b.Expect("the run refuses", "batch 1 ")
	})
}

func TestRestartOverlaysTheRunBefore(t *testing.T) {
	play(t, func(b *bench) {
		b.Press("o")
		b.Expect("there is no earlier run yet")
		b.emit(stepAt(1, 0.2), stepAt(400, 0.1))
		before := b.run()
		b.Press("]", "r")
		if len(b.runs) != 2 || b.asked[1].BatchSize != 256 {
			b.Fatalf("%d runs were prepared with %+v", len(b.runs), b.asked)
		}
		select {
		case before.events <- stepAt(401, 0.05):
			b.Error("the run before still works")
		default:
		}
		b.emit(stepAt(1, 0.3))
		b.Expect("┄ last run", "loss 0.3000", "step 1 ")
		b.Press("o")
		b.Expect("the earlier run is hidden")
		if strings.Contains(b.Text(), "┄ last run") {
			b.Error("the hidden run is drawn")
		}
		// What the run before told last is stale and does not reach the new one.
		b.model.Update(job.Msg{Job: job.New(), Events: []lab.Event{stepAt(999, 0.9)}, Ended: true})
		b.Expect("loss 0.3000", "step 1 ")
	})
}

func TestFailedPreparationTellsWhyAndCanBeRepeated(t *testing.T) {
	play(t, func(b *bench) {
		b.end(engine.ErrorEvent{Err: errors.New("it broke")})
		b.fails = errors.New("t10k-images-idx3-ubyte.gz: truncated")
		b.Press("r")
		b.Expect("truncated; r starts over")
		b.fails = nil
		b.Press("r")
		b.emit(stepAt(1, 0.25))
		b.Expect("loss 0.2500")
	})
}

func TestPanicOfARunIsItsError(t *testing.T) {
	play(t, func(b *bench) {
		b.run().panics = "index out of range"
		close(b.run().events)
		b.Settle()
		b.Expect("internal error: index out of range", "not of your settings", "r starts over")
	})
}

func TestRunWithoutAResultIsAnError(t *testing.T) {
	play(t, func(b *bench) {
		close(b.run().events)
		b.Settle()
		b.Expect("the run ended without a result")
	})
}

func TestEndSaysWhatElseMayReachTheTask(t *testing.T) {
	const advice = "not reached yet: change the rate"
	for validation, advised := range map[float64]bool{0.0133: true, 0.0119: false} {
		play(t, func(b *bench) {
			b.emit(stepAt(1, 0.2), engine.EpochEvent{Epoch: 1, ValLoss: validation},
				engine.DoneEvent{Ending: engine.Finished, Epochs: 1, TrainLoss: 0.014, ValLoss: validation})
			b.Expect("finished: 1 epoch done")
			if strings.Contains(b.Text(), advice) != advised {
				t.Errorf("with a validation error of %g the screen is:\n%s", validation, b.Text())
			}
		})
	}
}

func TestTaskIsCheckedOnAllHeldOutExamples(t *testing.T) {
	play(t, func(b *bench) {
		b.emit(stepAt(1, 0.2), engine.ValidationEvent{Step: 1, Loss: 0.011, Examples: 1000})
		b.Expect("0.0110 now") // A part of the held-out examples is no proof.
		b.emit(engine.EpochEvent{Epoch: 1, ValLoss: 0.0121})
		if strings.Contains(b.Text(), "reached") {
			b.Error("0.0121 counts as below 0.012")
		}
		b.emit(engine.EpochEvent{Epoch: 2, ValLoss: 0.0119})
		b.Expect("reached ✓")
		b.Press("r")
		b.Expect("reached ✓") // It stays reached.
	})
	play(t, func(b *bench) {
		b.model.settings.Latent = 17
		b.emit(stepAt(1, 0.2), engine.EpochEvent{Epoch: 2, ValLoss: 0.001})
		b.Expect("17 units now")
	})
}

func TestZeroHasNoMinus(t *testing.T) {
	for v, want := range map[float64]string{-0.004: "+0.00", 0.004: "+0.00", -0.006: "-0.01", 1.5: "+1.50"} {
		if got := signed(v); got != want {
			t.Errorf("%v is written %s, want %s", v, got, want)
		}
	}
}

func TestDataChange(t *testing.T) {
	play(t, func(b *bench) {
		b.Press("d")
		if len(b.runs) != 1 {
			b.Error("d changes the data where there are no others")
		}
		b.model.Offer(ownSettings())
		b.emit(stepAt(1, 0.2))
		b.Press("d")
		if got := b.asked[len(b.asked)-1]; got.Data != "own" || got.Latent != 2 || len(b.runs) != 2 {
			b.Errorf("d asks for %+v", got)
		}
		b.Expect("MNIST only", "rows/s", "held-out rows")
		if b.model.last != nil {
			b.Error("the loss of other data is laid under this one")
		}
		b.emit(stepAt(1, 0.2), engine.EpochEvent{Epoch: 1, ValLoss: 0.001})
		b.Expect("Which columns come back")
		if b.model.Task().Reached {
			b.Error("the task about MNIST is reached by a table")
		}
		b.Press("+", "d", "d")
		if got := b.asked[len(b.asked)-1]; got.Data != "own" || got.LearningRate != 0.005 {
			b.Errorf("after twice d it asks for %+v, want the settings as they were left", got)
		}
	})
}

func TestDataWaitForTheRunToBegin(t *testing.T) {
	m := New(nil, recordedSettings(), "What comes back first?")
	m.Offer(ownSettings())
	press(t, m, "d")
	if m.settings.Own() || m.notice.Tone != board.Warning {
		t.Error("d leaves a run that is about to start")
	}
	m.Update(job.Prepared[Prepared]{Job: m.job, Err: errors.New("no backend")})
	press(t, m, "d")
	if !m.settings.Own() {
		t.Error("d does nothing after a failure")
	}
}

func TestCloseEndsEverything(t *testing.T) {
	// synctest.Test fails when a goroutine is left, also when the run is in the middle of its work.
	play(t, func(b *bench) { b.emit(stepAt(1, 0.2)) })
	play(t, func(b *bench) { b.Press("r", "r") })
	play(t, func(b *bench) { b.model.Close(); b.model.Close() })
}
