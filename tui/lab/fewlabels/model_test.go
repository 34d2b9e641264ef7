package fewlabels

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/job"
)

// bench runs the lab without a program, as Bubble Tea does. It must be used within synctest.Test.
type bench struct {
	*testing.T
	model  *Model
	msgs   chan tea.Msg
	events chan lab.Event // what the work tells; closed when it is to end
	asked  []lab.FewLabelsSettings
	fails  error
}

func play(t *testing.T, script func(b *bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{T: t, msgs: make(chan tea.Msg, 100), events: make(chan lab.Event)}
		b.model = New(b.compute, settings(), question)
		t.Cleanup(func() {
			b.model.Close()
			synctest.Wait()
		})
		b.work(b.model.Init())
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

// work works a command and all that follow from it until every one waits.
func (b *bench) work(cmd tea.Cmd) {
	begin := func(cmd tea.Cmd) {
		if cmd != nil {
			go func() { b.msgs <- cmd() }()
		}
	}
	begin(cmd)
	for {
		synctest.Wait()
		time.Sleep(100 * time.Millisecond) // time of the bubble: it lets a batch of events come through
		synctest.Wait()
		select {
		case msg := <-b.msgs:
			if msg != nil {
				_, next := b.model.Update(msg)
				begin(next)
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
		b.events <- e
	}
	b.work(nil)
}

func (b *bench) end() {
	close(b.events)
	b.work(nil)
	b.events = make(chan lab.Event)
}

func (b *bench) expect(texts ...string) {
	b.Helper()
	screen := ansi.Strip(b.model.View(80, 22, themes()["no-colour"]))
	for _, text := range texts {
		if !strings.Contains(strings.Join(strings.Fields(screen), " "), text) {
			b.Errorf("the screen does not say %q:\n%s", text, screen)
		}
	}
}

func TestPredictionIsJudgedAtTheEnd(t *testing.T) {
	for guess, want := range map[string]bool{"": false, "right right right right": true} { // 5 and 20
		play(t, func(b *bench) {
			b.press(strings.Fields(guess)...)
			b.emit(points(200)...)
			if task := b.model.Task(); task.Reached || strings.Contains(task.Now, "measured") {
				t.Errorf("before the end the task is %+v", task)
			}
			b.end()
			// The lead of scratch is −0.01 at 20 and 0.01 at 50: they meet at √(20·50) = 31.6.
			b.expect("scratch catches up with frozen at 32 labels a class")
			if b.model.Task().Reached != want {
				t.Errorf("after %q: %+v", guess, b.model.Task())
			}
		})
	}
}

func TestMarkStaysOnceTheAnswerIsThere(t *testing.T) {
	play(t, func(b *bench) {
		b.press("left", "left", "left", "left", "left", "left", "right")
		b.expect("you say 1.5") // 1 is the least
		b.emit(points(20)...)
		b.press("right")
		b.expect("you say 2")
		b.emit(points(50)[5*7:]...)
		b.press("right")
		b.expect("the curves have told the answer")
		if b.model.settings.Guess != 2 {
			t.Errorf("the mark moved to %v", b.model.settings.Guess)
		}
	})
}

func TestNoCrossoverCountsTheLargest(t *testing.T) {
	play(t, func(b *bench) {
		b.model.settings.Most = 10
		b.press("r")
		b.emit(points(10)...)
		b.end()
		b.expect("scratch never catches up within 10 labels a class", "reached ✓") // 5 is half of 10
	})
}

func TestPauseStopRestart(t *testing.T) {
	play(t, func(b *bench) {
		b.emit(lab.Progress{Doing: "pretraining it", Fraction: 0.5})
		b.expect("pretraining it …")
		b.press("space")
		b.expect("paused; space goes on")
		b.events <- labelled(1) // The work passes this one on and waits then.
		synctest.Wait()
		select {
		case b.events <- labelled(2):
			t.Error("paused work goes on")
		default:
		}
		b.press("space")
		b.emit(labelled(2))
		b.expect("labelled digits: 2 of each class")
		b.press("x")
		b.expect("stopped; r starts over")
		b.press("space")
		b.expect("there is no work going on")
		b.press("r")
		b.emit(points(1)...)
		b.end()
		b.press("r")
		if len(b.asked) != 3 || b.asked[1].Draw != 0 || b.asked[2].Draw != 1 {
			t.Errorf("the work was asked for %+v", b.asked)
		}
	})
}

func TestFailureCanBeRepeated(t *testing.T) {
	play(t, func(b *bench) {
		b.fails = errors.New("no memory")
		b.end()
		b.expect("no memory; r starts over")
		b.press("r")
		b.emit(points(1)...)
		b.model.Update(job.Msg{Job: job.New(), Ended: true, Err: errors.New("stale")})
		if b.model.err != nil || len(b.model.points) != 6 {
			t.Errorf("after a restart: %v, %d points", b.model.err, len(b.model.points))
		}
	})
}

func TestCloseEndsEverything(t *testing.T) {
	// synctest.Test fails when a goroutine is left, also when the work is held up.
	play(t, func(b *bench) { b.press("space"); b.events <- labelled(1) })
	play(t, func(b *bench) { b.press("r", "r"); b.model.Close() })
}
