package plain_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/plain"
)

// wait lets seconds of the bubble's time pass.
func wait(s *talk, seconds int) string {
	time.Sleep(time.Duration(seconds) * time.Second)
	synctest.Wait()
	return s.out.take()
}

// working puts another work into the lab train.
func working(work func(ctx context.Context, v lab.Values, emit func(lab.Event)) error) func(*plain.Options) {
	return func(o *plain.Options) {
		o.Start = "second/try"
		for i := range o.Labs {
			if o.Labs[i].ID == "train" {
				o.Labs[i].Run = func(ctx context.Context, _ lab.Env, v lab.Values, emit func(lab.Event)) error {
					return work(ctx, v, emit)
				}
			}
		}
	}
}

// ending ends a run with a validation error.
func ending(v lab.Values, err float64) lab.TrainDone {
	return lab.TrainDone{
		DoneEvent: engine.DoneEvent{ValLoss: err, Epochs: v.Whole("epochs"), Ending: engine.Finished},
		Task:      lab.TrainTask(lab.TrainSettingsOf(v), err),
	}
}

func TestLabAsksForItsParameters(t *testing.T) {
	var got lab.Values
	change := working(func(_ context.Context, v lab.Values, emit func(lab.Event)) error {
		got = v
		emit(ending(v, 0.01))
		return nil
	})
	kept := &store{}
	converse(t, func(o *plain.Options) { change(o); o.Store = kept }, func(s *talk) {
		s.expect(s.say("lab"), "The lab train trains an autoencoder on MNIST", "Question: Which comes back first",
			"Task: validation error under 0.012 with 16 latent units or fewer.", "It asks for 9 parameters.",
			"epochs: passes over the examples, a whole number from 1 to 1000. epochs [5]:")
		s.expect(s.say("many"), `epochs cannot be "many". It is passes over the examples, a whole number from 1 to 1000. epochs [5]:`)
		s.expect(s.say(" 7 "), "batch [128]:")
		s.expect(s.say("", "0.002"), "latent [16]:")
		s.expect(s.say("rest"), "The lab works; ctrl+c stops it.", "finished after 7 epochs",
			"task: validation error under 0.012 with 16 latent units or fewer: reached, 0.0100 with 16",
			"The lab has ended. You have reached its task.", "Type next")
		if got.Whole("epochs") != 7 || got.Number("lr") != 0.002 || got.Whole("batch") != 128 {
			s.Errorf("the lab ran with %+v", got)
		}
		s.expect(s.say("lab train epochs=3 hidden=none"), "finished after 3 epochs", "You had reached its task before.")
		if got.Text("hidden") != "none" {
			s.Errorf("the lab ran with %+v", got)
		}
		s.expect(s.say("lab train", "cancel"), "The lab was not run.")
		s.say("lab train")
		s.expect(s.interrupt(), "The lab was not run.", "Type next")
		s.expect(s.say("lab train epochs=0"), `parameter epochs cannot be "0"`)
		s.expect(s.say("lab train epochs"), "epochs has no value; write it as key=value.")
		s.expect(s.say("lab nonsense"), `There is no lab "nonsense"; there are feature-bench, devices`)
		s.say("back")
		s.expect(s.say("lab"), "Name one lab of feature-bench")
	})
	if facts := kept.kept("TaskReached"); len(facts) != 1 || !strings.HasPrefix(facts[0], "TaskReached{Lab:train Figure:0.0100 with 16") {
		t.Errorf("kept %q, want the task once", facts)
	}
}

func TestTaskThatIsNotReachedIsNotKept(t *testing.T) {
	change := working(func(_ context.Context, v lab.Values, emit func(lab.Event)) error {
		emit(ending(v, 0.02))
		return nil
	})
	kept := &store{}
	got := pipe(t, "lab train epochs=1\n", func(o *plain.Options) { change(o); o.Store = kept })
	expect(t, got, "not yet, 0.0200 with 16", "The lab has ended.")
	if len(kept.kept("TaskReached")) > 0 {
		t.Errorf("kept %q", kept.facts)
	}
}

// TestDefaultsAreNoAnswer: a lab that finds its answer by itself has not taught the learner anything yet.
func TestDefaultsAreNoAnswer(t *testing.T) {
	kept := &store{}
	change := func(o *plain.Options) { o.Store = kept }
	got := pipe(t, "lab feature-bench\nrest\n", change)
	expect(t, got, "reached, 100.0 %", "does not count as yours; set weights.")
	if len(kept.kept("TaskReached")) > 0 {
		t.Errorf("kept %q", kept.facts)
	}
	// A wide beat with a sharp peak after a short interval is ectopic.
	got = pipe(t, "lab feature-bench weights=-1, 2, -4, -2, -3\n", change)
	expect(t, got, "You have reached its task.")
	if len(kept.kept("TaskReached")) != 1 {
		t.Errorf("kept %q", kept.facts)
	}
}

// TestPipeTakesDefaults: at the end of a pipe the parameters that it did not give keep their defaults.
func TestPipeTakesDefaults(t *testing.T) {
	change := working(func(_ context.Context, v lab.Values, emit func(lab.Event)) error {
		emit(ending(v, 0.02))
		return nil
	})
	if got := pipe(t, "lab\n9", change); !strings.Contains(got, "epochs [5]: 9\n") || !strings.Contains(got, "finished after 9 epochs") {
		t.Errorf("the pipe's output is\n%s", got)
	}
}

// forever tells a step every hundredth of a second until it is stopped, and an epoch every ten seconds.
func forever(ctx context.Context, _ lab.Values, emit func(lab.Event)) error {
	for step := 1; ctx.Err() == nil; step++ {
		if step%1000 == 0 {
			emit(engine.EpochEvent{Epoch: step / 1000, ValLoss: 0.02})
		}
		emit(engine.StepEvent{Step: step, Epoch: 1 + step/1000, Epochs: 10, Progress: float64(step) / 1000, Loss: 0.1})
		time.Sleep(10 * time.Millisecond)
	}
	return ctx.Err()
}

func TestLabTellsAtABoundedPace(t *testing.T) {
	for reduced, most := range map[bool]int{false: 20, true: 6} {
		change := working(forever)
		converse(t, func(o *plain.Options) { change(o); o.ReducedMotion, o.Width = reduced, 200 }, func(s *talk) {
			s.say("lab train epochs=10")
			said := wait(s, 60)
			lines := strings.Count(said, "\n")
			if lines > most+1 || lines < most-2 || !strings.Contains(said, "epoch 3: train loss") {
				s.Errorf("reduced motion %v: in a minute the lab says %d lines:\n%s", reduced, lines, said)
			}
			if !reduced && !strings.Contains(said, "epoch 1 of 10: 3 percent of all, loss 0.1000\n") {
				s.Errorf("how far the lab is, it does not say:\n%s", said)
			}
			s.interrupt()
		})
	}
}

func TestLabIsSilentWhileNothingChanges(t *testing.T) {
	work := func(ctx context.Context, _ lab.Values, emit func(lab.Event)) error {
		for ctx.Err() == nil {
			emit(lab.Progress{Doing: "training the autoencoder", Fraction: 0.4})
			time.Sleep(time.Second)
		}
		return nil
	}
	converse(t, working(work), func(s *talk) {
		s.say("lab train epochs=10")
		if said := wait(s, 600); said != "training the autoencoder: 40 percent\n" {
			s.Errorf("the lab says %q", said)
		}
		s.interrupt()
	})
}

func TestResultsWaitButAreNotLost(t *testing.T) {
	work := func(_ context.Context, v lab.Values, emit func(lab.Event)) error {
		for n := 1; n <= 100; n++ {
			emit(engine.EpochEvent{Epoch: n})
		}
		time.Sleep(time.Minute)
		emit(ending(v, 0.02))
		return nil
	}
	converse(t, working(work), func(s *talk) {
		if said := s.say("lab train epochs=10"); strings.Count(said, "epoch ") != 1 {
			s.Errorf("at once the lab says\n%s", said)
		}
		said := wait(s, 5)
		for n := 2; n <= 100; n++ {
			if strings.Count(said, fmt.Sprintf("epoch %d:", n)) != 1 {
				s.Errorf("epoch %d is not said once", n)
			}
		}
		s.expect(wait(s, 60), "finished after 10 epochs", "The lab has ended.")
	})
}

func TestInterruptStopsTheLabFirst(t *testing.T) {
	converse(t, working(forever), func(s *talk) {
		s.say("lab train epochs=10")
		wait(s, 5)
		s.expect(s.interrupt(), "Stopping the lab; ctrl+c once more leaves aetutor.")
		s.expect(wait(s, 1), "The lab was stopped.", "Type next")
		if s.ended {
			s.Fatal("ctrl+c in a lab ended the session")
		}
		s.expect(s.say("back"), "Heading: Ask")
		if s.interrupt(); !s.ended {
			s.Error("the second ctrl+c does not end the session")
		}
	})
}

// TestSecondInterruptDoesNotWait: a lab that does not stop at once must not hold who wants to leave.
func TestSecondInterruptDoesNotWait(t *testing.T) {
	stubborn := func(context.Context, lab.Values, func(lab.Event)) error {
		time.Sleep(time.Hour)
		return nil
	}
	converse(t, working(stubborn), func(s *talk) {
		s.say("lab train epochs=10")
		s.interrupt()
		if s.ended {
			s.Error("the first ctrl+c ended the session")
		}
		if s.interrupt(); !s.ended {
			s.Error("the second ctrl+c does not end the session")
		}
		time.Sleep(2 * time.Hour)
	})
}

func TestLabFailsInWords(t *testing.T) {
	for name, c := range map[string]struct {
		work func(context.Context, lab.Values, func(lab.Event)) error
		want string
	}{
		"error": {func(context.Context, lab.Values, func(lab.Event)) error {
			return errors.New("no memory; take a smaller batch")
		},
			"The lab could not go on: no memory; take a smaller batch."},
		"panic": {func(context.Context, lab.Values, func(lab.Event)) error { panic("index out of range") },
			"The lab could not go on: the lab met an internal error: index out of range"},
	} {
		t.Run(name, func(t *testing.T) {
			converse(t, working(c.work), func(s *talk) {
				s.expect(s.say("lab train epochs=1"), c.want, "Type next")
			})
		})
	}
}

// TestSettingsMayHoldBlanks: a claim has blanks and an equals sign in it.
func TestSettingsMayHoldBlanks(t *testing.T) {
	claim := ""
	change := func(o *plain.Options) {
		for i := range o.Labs {
			o.Labs[i].Run = func(_ context.Context, _ lab.Env, v lab.Values, _ func(lab.Event)) error {
				claim = v.Text("claim")
				return nil
			}
		}
	}
	pipe(t, "lab analogies claim=king - man + woman = queen epochs=2\n", change)
	if claim != "king - man + woman = queen" {
		t.Errorf("the claim is %q", claim)
	}
}
