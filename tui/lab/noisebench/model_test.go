package noisebench

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

// fakeRun is a Run that a test drives: it emits what comes through events and ends when that is closed or ctx ends.
type fakeRun struct {
	events chan lab.Event
	calls  []string
	fails  error // what Work returns once events is closed
}

func newFakeRun() *fakeRun { return &fakeRun{events: make(chan lab.Event)} }

func (r *fakeRun) Work(ctx context.Context, emit func(lab.Event)) error {
	for {
		select {
		case e, ok := <-r.events:
			if !ok {
				return r.fails
			}
			emit(e)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (r *fakeRun) Pause()  { r.calls = append(r.calls, "pause") }
func (r *fakeRun) Resume() { r.calls = append(r.calls, "resume") }
func (r *fakeRun) Stop()   { r.calls = append(r.calls, "stop") }

// bench is a player of the lab with the work that the test drives.
type bench struct {
	*labtest.Player
	model    *Model
	runs     []*fakeRun
	compared []lab.NoiseSettings
	prepared int
	fails    error // of comparing
	refuses  error // of NewRun
}

func play(t *testing.T, script func(b *bench)) {
	t.Helper()
	b := &bench{}
	labtest.Play(t, func() screen.Screen {
		b.model = New(Work{
			Prepare: func(_ context.Context, _ lab.NoiseSettings, emit func(lab.Event)) error {
				b.prepared++
				emit(lab.Progress{Doing: "training the plain one", Fraction: 1})
				return nil
			},
			Compare: func(ctx context.Context, s lab.NoiseSettings, emit func(lab.Event)) error {
				b.compared = append(b.compared, s)
				if b.fails != nil {
					return b.fails
				}
				emit(recordedPictures(s.Data, lab.Noisy, lab.Median, lab.Gauss))
				emit(recordedMeasures()[0])
				return ctx.Err()
			},
			NewRun: func(context.Context, lab.NoiseSettings) (Run, error) {
				if b.refuses != nil {
					return nil, b.refuses
				}
				b.runs = append(b.runs, newFakeRun())
				return b.run(), nil
			},
		}, settings(), question)
		return b.model
	}, func(p *labtest.Player) {
		b.Player = p
		script(b)
	})
}

func (b *bench) run() *fakeRun { return b.runs[len(b.runs)-1] }

func (b *bench) emit(events ...lab.Event) {
	for _, e := range events {
		b.run().events <- e
	}
	b.Settle()
}

func TestSliderComparesAnew(t *testing.T) {
	play(t, func(b *bench) {
		before := len(b.compared)
		b.Press("right", "right", "left", "n", "n", "n")
		var asked []string
		for _, s := range b.compared[before:] {
			asked = append(asked, fmt.Sprintf("%s %.2f", s.Kind, s.Strength))
		}
		want := []string{"gaussian 0.35", "gaussian 0.40", "gaussian 0.35", "salt-and-pepper 0.35", "blocks 0.35", "gaussian 0.35"}
		if !slices.Equal(asked, want) {
			t.Errorf("compared %v, want %v", asked, want)
		}
		for range 20 {
			b.Press("left")
		}
		b.Expect("0.05", "the strength stays between 0.05 and 0.90")
		for range 20 {
			b.Press("right")
		}
		if b.model.settings.Strength != lab.MostStrength {
			t.Errorf("the strength is %v", b.model.settings.Strength)
		}
	})
}

func TestDataAndExamples(t *testing.T) {
	play(t, func(b *bench) {
		b.Press("down", "down", "up", "up", "up")
		if b.model.first != 9 {
			t.Errorf("example %d is shown first", b.model.first)
		}
		b.Press("d")
		b.Expect("data beats")
		if b.prepared != 2 || b.model.first != 0 || b.compared[len(b.compared)-1].Data != lab.NoisyBeats {
			t.Errorf("prepared %d times, compared %+v", b.prepared, b.compared)
		}
		b.Press("d")
		b.Expect("data digits")
	})
}

// TestPlainPicturesOfOtherNoiseAreLeftOut moves the slider while the plain autoencoder learns.
func TestPlainPicturesOfOtherNoiseAreLeftOut(t *testing.T) {
	m := bare(settings())
	tell(m, m.compare, recordedPictures(lab.NoisyDigits, lab.Noisy))
	tell(m, m.prepare, recordedPictures(lab.NoisyDigits, lab.Plain))
	if len(m.pictures.Others) != 2 {
		t.Fatalf("%d methods are drawn, want the noisy digits and the plain autoencoder", len(m.pictures.Others))
	}
	kept := m.pictures.Others[lab.Plain]
	m.settings.Strength = 0.9
	tell(m, m.prepare, recordedPictures(lab.NoisyDigits, lab.Noisy, lab.Plain))
	if &m.pictures.Others[lab.Plain][0][0] != &kept[0][0] {
		t.Error("pictures of another noise are shown")
	}
}

func TestTrainingObeys(t *testing.T) {
	play(t, func(b *bench) {
		b.Press("space")
		b.Expect("no denoising autoencoder is in training; t trains one")
		b.Press("t")
		b.emit(recordedRun(3)...)
		b.Press("space", "space")
		b.Press("x", "x")
		b.Expect("the run is stopping")
		if want := []string{"pause", "resume", "stop"}; !slices.Equal(b.run().calls, want) {
			t.Errorf("the run was asked for %v, want %v", b.run().calls, want)
		}
		before := len(b.compared)
		b.emit(engine.DoneEvent{TrainLoss: 0.03, ValLoss: 0.04, Ending: engine.Stopped})
		close(b.run().events)
		b.Settle()
		b.Expect("stopped: train loss 0.0300, validation 0.0400")
		if len(b.compared) != before+1 {
			t.Error("the end of a run is not compared")
		}
		b.Press("t", "t")
		if len(b.runs) != 3 {
			t.Errorf("%d runs, want 3", len(b.runs))
		}
	})
}

func TestTask(t *testing.T) {
	play(t, func(b *bench) {
		b.Press("t")
		b.emit(lab.MethodEvent{Method: lab.Denoising, Gain: 2.99, PSNR: 16, MSE: 0.02})
		b.Expect("2.99 dB", "+2.99")
		b.Press("right")
		// What the run tells now is about another noise than the one that is shown.
		b.emit(lab.MethodEvent{Method: lab.Denoising, Gain: 5, PSNR: 18, MSE: 0.02})
		if b.model.Task().Reached {
			t.Error("a gain at another noise counts")
		}
		b.Expect("the run goes on for gaussian 0.30")
		b.Press("left")
		b.emit(lab.MethodEvent{Method: lab.Denoising, Gain: 3.2, PSNR: 18, MSE: 0.02})
		b.Expect("reached ✓")
		b.Press("n")
		b.Expect("reached ✓") // It stays so.
	})
}

func TestStaleMessagesAreDropped(t *testing.T) {
	play(t, func(b *bench) {
		b.model.Update(job.Msg{Job: job.New(), Events: []lab.Event{lab.MethodEvent{Method: lab.Denoising, Gain: 9}}, Ended: true})
		b.model.Update(job.Msg{})
		b.model.Update(job.Prepared[Run]{Job: job.New(), Made: newFakeRun()})
		if b.model.Task().Reached || b.model.training.run != nil {
			t.Error("a message of an earlier job is taken")
		}
	})
}

func TestFailures(t *testing.T) {
	play(t, func(b *bench) {
		b.fails = errors.New("the noise is out of order")
		b.Press("right")
		b.Expect("the noise is out of order; r starts over")
		b.fails = nil
		b.Press("r")
		b.Expect("From which strength on")
		b.refuses = errors.New("no memory")
		b.Press("t")
		b.Expect("no memory; r starts over")
		b.refuses = nil
		b.Press("r")
		b.emit(recordedRun(2)...)
		if b.model.err != nil {
			t.Error(b.model.err)
		}
	})
}

func TestAFailedRunStartsOver(t *testing.T) {
	play(t, func(b *bench) {
		b.Press("t")
		b.emit(recordedRun(2)...)
		b.run().fails = errors.New("the loss became NaN")
		close(b.run().events)
		b.Settle()
		b.Expect("the loss became NaN; r starts over")
		b.Press("r")
		if len(b.runs) != 2 {
			t.Errorf("r started %d runs, want another one", len(b.runs)-1)
		}
		b.ExpectNot("NaN")
	})
}

func TestCloseEndsEverything(t *testing.T) {
	// synctest.Test fails when a goroutine is left, also when a run is in the middle of its work.
	play(t, func(b *bench) { b.Press("t"); b.emit(recordedRun(2)...) })
	play(t, func(b *bench) { b.Press("t", "r", "d"); b.model.Close() })
}
