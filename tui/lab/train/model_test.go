package train

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
	"github.com/aetutor/aetutor/tui/lab/job"
)

// bench runs the lab without a program: it works each command in a goroutine of its own and hands its message back, as
// Bubble Tea does. It must be used within synctest.Test.
type bench struct {
	*testing.T
	model *Model
	msgs  chan tea.Msg
	runs  []*fakeRun          // made by prepare, in order
	asked []lab.TrainSettings // with which prepare was called
	fails error               // what prepare returns
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{T: t, msgs: make(chan tea.Msg, 100)}
	b.model = New(b.prepare, recordedSettings(), "What comes back first?", testTask)
	t.Cleanup(func() {
		b.model.Close()
		synctest.Wait()
	})
	b.work(b.model.Init())
	return b
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
		b.work(pressed(b.model, key))
	}
}

// emit sends events of the present run and lets the model take them.
func (b *bench) emit(events ...engine.Event) {
	for _, e := range events {
		b.run().events <- e
	}
	b.work(nil)
}

// end ends the present run after a last event.
func (b *bench) end(e engine.Event) {
	b.emit(e)
	close(b.run().events)
	b.work(nil)
}

// text is the screen without colours and line breaks.
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
	if got := b.run().asked(); !slices.Equal(got, want) {
		b.Errorf("the run was asked for %q, want %q", got, want)
	}
}

func stepAt(n int, loss float64) engine.StepEvent {
	return engine.StepEvent{Step: n, Epoch: 1, Epochs: 10, Progress: float64(n) / 469, Loss: loss, SamplesPerSecond: 20000}
}

func play(t *testing.T, script func(b *bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { script(newBench(t)) })
}

func TestKeysReachTheRun(t *testing.T) {
	play(t, func(b *bench) {
		b.expectAsked("lr 0.001", "batch 128")
		b.emit(stepAt(1, 0.2))
		b.press("space")
		b.expect("paused at step 1; space goes on")
		b.press("s", "s", "space", "+", "=", "-", "[", "]", "]")
		b.expectAsked("pause", "step", "step", "resume", "lr 0.002", "lr 0.005", "lr 0.002", "batch 64", "batch 128", "batch 256")
		b.expect("lr 2.0e-3", "batch 256", "the batch is 256 examples from the next step on")
		b.press("x")
		b.expectAsked("stop")
		b.expect("stopping: the last validation runs")
		b.press("x", "space", "+")
		b.expectAsked() // A run that is stopping obeys no more.
		b.end(engine.DoneEvent{TrainLoss: 0.03, ValLoss: 0.04, Epochs: 0, Ending: engine.Stopped})
		b.expect("stopped: 0 epochs done, train 0.0300, validation 0.0400")
		b.press("space")
		b.expect("the run has ended; r starts over")
	})
}

func TestSettingsChangedWhilePreparingHold(t *testing.T) {
	m := New(nil, recordedSettings(), "What comes back first?")
	press(t, m, "space", "+", "[")
	run := newFakeRun()
	m.Update(preparedMsg{job: m.job, prepared: Prepared{Run: run}})
	if got, want := run.asked(), []string{"lr 0.002", "batch 64"}; !slices.Equal(got, want) {
		t.Errorf("the run was asked for %q, want %q", got, want)
	}
}

func TestSettingsHaveBounds(t *testing.T) {
	play(t, func(b *bench) {
		for range 30 {
			b.press("+")
		}
		b.expect("the learning rate stays between 1.0e-6 and 1.0e1")
		for range 30 {
			b.press("[")
		}
		b.expect("the batch stays between 1 and 4,096 examples")
		b.run().asked()
		b.run().refuse = errors.New("the run refuses")
		b.press("]")
		b.expect("the run refuses", "batch 1 ")
	})
}

func TestRestartOverlaysTheRunBefore(t *testing.T) {
	play(t, func(b *bench) {
		b.press("o")
		b.expect("there is no earlier run yet")
		b.emit(stepAt(1, 0.2), stepAt(400, 0.1))
		before := b.run()
		b.press("]", "r")
		if len(b.runs) != 2 || b.asked[1].BatchSize != 256 {
			b.Fatalf("%d runs were prepared with %+v", len(b.runs), b.asked)
		}
		select {
		case before.events <- stepAt(401, 0.05):
			b.Error("the run before still works")
		default:
		}
		b.emit(stepAt(1, 0.3))
		b.expect("┄ last run", "loss 0.3000", "step 1 ")
		b.press("o")
		b.expect("the earlier run is hidden")
		if strings.Contains(b.text(), "┄ last run") {
			b.Error("the hidden run is drawn")
		}
		// What the run before told last is stale and does not reach the new one.
		b.model.Update(job.Msg{Job: job.New(), Events: []lab.Event{stepAt(999, 0.9)}, Ended: true})
		b.expect("loss 0.3000", "step 1 ")
	})
}

func TestFailedPreparationTellsWhyAndCanBeRepeated(t *testing.T) {
	play(t, func(b *bench) {
		b.end(engine.ErrorEvent{Err: errors.New("it broke")})
		b.fails = errors.New("t10k-images-idx3-ubyte.gz: truncated")
		b.press("r")
		b.expect("truncated; r starts over")
		b.fails = nil
		b.press("r")
		b.emit(stepAt(1, 0.25))
		b.expect("loss 0.2500")
	})
}

func TestPanicOfARunIsItsError(t *testing.T) {
	play(t, func(b *bench) {
		b.run().panics = "index out of range"
		close(b.run().events)
		b.work(nil)
		b.expect("internal error: index out of range", "not of your settings", "r starts over")
	})
}

func TestRunWithoutAResultIsAnError(t *testing.T) {
	play(t, func(b *bench) {
		close(b.run().events)
		b.work(nil)
		b.expect("the run ended without a result")
	})
}

func TestTaskIsCheckedOnAllHeldOutExamples(t *testing.T) {
	play(t, func(b *bench) {
		b.emit(stepAt(1, 0.2), engine.ValidationEvent{Step: 1, Loss: 0.011, Examples: 1000})
		b.expect("0.0110 now") // A part of the held-out examples is no proof.
		b.emit(engine.EpochEvent{Epoch: 1, ValLoss: 0.0121})
		if strings.Contains(b.text(), "reached") {
			b.Error("0.0121 counts as below 0.012")
		}
		b.emit(engine.EpochEvent{Epoch: 2, ValLoss: 0.0119})
		b.expect("reached ✓")
		b.press("r")
		b.expect("reached ✓") // It stays reached.
	})
	play(t, func(b *bench) {
		b.model.settings.Latent = 17
		b.emit(stepAt(1, 0.2), engine.EpochEvent{Epoch: 2, ValLoss: 0.001})
		b.expect("17 units now")
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
		b.press("d")
		if len(b.runs) != 1 {
			b.Error("d changes the data where there are no others")
		}
		b.model.Offer(ownSettings())
		b.emit(stepAt(1, 0.2))
		b.press("d")
		if got := b.asked[len(b.asked)-1]; got.Data != "own" || got.Latent != 2 || len(b.runs) != 2 {
			b.Errorf("d asks for %+v", got)
		}
		b.expect("MNIST only", "rows/s", "held-out rows")
		if b.model.last != nil {
			b.Error("the loss of other data is laid under this one")
		}
		b.emit(stepAt(1, 0.2), engine.EpochEvent{Epoch: 1, ValLoss: 0.001})
		b.expect("Which columns come back")
		if b.model.Task().Reached {
			b.Error("the task about MNIST is reached by a table")
		}
		b.press("+", "d", "d")
		if got := b.asked[len(b.asked)-1]; got.Data != "own" || got.LearningRate != 0.005 {
			b.Errorf("after twice d it asks for %+v, want the settings as they were left", got)
		}
	})
}

func TestDataWaitForTheRunToBegin(t *testing.T) {
	m := New(nil, recordedSettings(), "What comes back first?")
	m.Offer(ownSettings())
	press(t, m, "d")
	if m.settings.Own() || !m.notice.refused {
		t.Error("d leaves a run that is about to start")
	}
	m.Update(preparedMsg{job: m.job, err: errors.New("no backend")})
	press(t, m, "d")
	if !m.settings.Own() {
		t.Error("d does nothing after a failure")
	}
}

func TestCloseEndsEverything(t *testing.T) {
	// synctest.Test fails when a goroutine is left, also when the run is in the middle of its work.
	play(t, func(b *bench) { b.emit(stepAt(1, 0.2)) })
	play(t, func(b *bench) { b.press("r", "r") })
	play(t, func(b *bench) { b.model.Close(); b.model.Close() })
}
