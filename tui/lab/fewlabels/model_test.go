package fewlabels

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

// bench is a player of the lab with the work that the test drives.
type bench struct {
	*labtest.Player
	model  *Model
	events chan lab.Event // what the work tells; closed when it is to end
	asked  []lab.FewLabelsSettings
	fails  error
}

func play(t *testing.T, script func(b *bench)) {
	t.Helper()
	b := &bench{}
	labtest.Play(t, func() screen.Screen {
		b.events = make(chan lab.Event)
		b.model = New(b.compute, settings(), question)
		return b.model
	}, func(p *labtest.Player) {
		b.Player = p
		script(b)
	})
}

func (b *bench) compute(ctx context.Context, s lab.FewLabelsSettings, emit func(lab.Event)) error {
	b.asked = append(b.asked, s)
	for {
		select {
		case e, ok := <-b.events:
			if !ok {
				return b.fails
			}
			emit(e)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (b *bench) emit(events ...lab.Event) {
	for _, e := range events {
		b.events <- e
	}
	b.Settle()
}

func (b *bench) end() {
	close(b.events)
	b.Settle()
	b.events = make(chan lab.Event)
}

func TestPredictionIsJudgedAtTheEnd(t *testing.T) {
	for guess, want := range map[string]bool{"": false, "right right right right": true} { // 5 and 20
		play(t, func(b *bench) {
			b.Press(strings.Fields(guess)...)
			b.emit(points(200)...)
			if task := b.model.Task(); task.Reached || strings.Contains(task.Now, "measured") {
				t.Errorf("before the end the task is %+v", task)
			}
			b.end()
			// The lead of scratch is −0.01 at 20 and 0.01 at 50: they meet at √(20·50) = 31.6.
			b.Expect("scratch catches up with frozen at 32 labels a class")
			if b.model.Task().Reached != want {
				t.Errorf("after %q: %+v", guess, b.model.Task())
			}
		})
	}
}

func TestMarkStaysOnceTheAnswerIsThere(t *testing.T) {
	play(t, func(b *bench) {
		b.Press("left", "left", "left", "left", "left", "left", "right")
		b.Expect("you say 1.5") // 1 is the least
		b.emit(points(20)...)
		b.Press("right")
		b.Expect("you say 2")
		b.emit(points(50)[5*7:]...)
		b.Press("right")
		b.Expect("the curves have told the answer")
		if b.model.settings.Guess != 2 {
			t.Errorf("the mark moved to %v", b.model.settings.Guess)
		}
	})
}

func TestNoCrossoverCountsTheLargest(t *testing.T) {
	play(t, func(b *bench) {
		b.model.settings.Most = 10
		b.Press("r")
		b.emit(points(10)...)
		b.end()
		b.Expect("scratch never catches up within 10 labels a class", "reached ✓") // 5 is half of 10
	})
}

func TestPauseStopRestart(t *testing.T) {
	play(t, func(b *bench) {
		b.emit(lab.Progress{Doing: "pretraining it", Fraction: 0.5})
		b.Expect("pretraining it …")
		b.Press("space")
		b.Expect("paused; space goes on")
		b.events <- labelled(1) // The work passes this one on and waits then.
		synctest.Wait()
		select {
		case b.events <- labelled(2):
			t.Error("paused work goes on")
		default:
		}
		b.Press("space")
		b.emit(labelled(2))
		b.Expect("labelled digits: 2 of each class")
		b.Press("x")
		b.Expect("stopped; r starts over")
		b.Press("space")
		b.Expect("there is no work going on")
		b.Press("r")
		b.emit(points(1)...)
		b.end()
		b.Press("r")
		if len(b.asked) != 3 || b.asked[1].Draw != 0 || b.asked[2].Draw != 1 {
			t.Errorf("the work was asked for %+v", b.asked)
		}
	})
}

func TestFailureCanBeRepeated(t *testing.T) {
	play(t, func(b *bench) {
		b.fails = errors.New("no memory")
		b.end()
		b.Expect("no memory; r starts over")
		b.Press("r")
		b.emit(points(1)...)
		b.model.Update(job.Msg{Job: job.New(), Ended: true, Err: errors.New("stale")})
		if b.model.err != nil || len(b.model.points) != 6 {
			t.Errorf("after a restart: %v, %d points", b.model.err, len(b.model.points))
		}
	})
}

func TestCloseEndsEverything(t *testing.T) {
	// synctest.Test fails when a goroutine is left, also when the work is held up.
	play(t, func(b *bench) { b.Press("space"); b.events <- labelled(1) })
	play(t, func(b *bench) { b.Press("r", "r"); b.model.Close() })
}

func TestTheHiddenPartIsNamed(t *testing.T) {
	for hidden, want := range map[float64]string{0.5: "half of their blocks", 0.75: "75 % of their blocks"} {
		m := bare()
		m.settings.Hidden = hidden
		tell(m, masked())
		if view := m.View(120, 38, labtest.Themes()["no-colour"]); !strings.Contains(view, want) {
			t.Errorf("with %v hidden it does not say %q", hidden, want)
		}
	}
}
