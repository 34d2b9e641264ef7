package walk

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

// bench runs the lab without a program: it works each command in a goroutine of its own and hands its message back, as
// Bubble Tea does. It must be used within synctest.Test.
type bench struct {
	*testing.T
	model *Model
	msgs  chan tea.Msg
}

func play(t *testing.T, open Open, script func(b *bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{T: t, msgs: make(chan tea.Msg, 100), model: New(open, 0.25, 1, question)}
		t.Cleanup(func() {
			b.model.Close()
			synctest.Wait()
		})
		b.model.Update(tea.WindowSizeMsg{Width: 80, Height: 22})
		b.work(b.model.Init())
		script(b)
	})
}

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

func (b *bench) expectAt(want lab.Place) {
	b.Helper()
	if b.model.at != want || b.model.sight == nil || b.model.sight.At != want {
		b.Errorf("the lab is at %v and shows %+v, want %v", b.model.at, b.model.sight, want)
	}
}

func TestKeysMove(t *testing.T) {
	play(t, opens(&recordedWalker{}), func(b *bench) {
		b.expectAt(lab.Place{})
		b.press("right", "l", "up", "down", "j", "left")
		b.expectAt(lab.Place{0.25, -0.25})
		b.expect("across 0.25 σ", "up -0.25 σ", "off by 0.020 ✓")
		b.press("0")
		b.expectAt(lab.Place{})
		for range 20 {
			b.press("up")
		}
		b.expectAt(lab.Place{0, 3.5})
		b.expect("the map ends at 3.5 σ")
	})
}

func TestViewsChange(t *testing.T) {
	play(t, opens(&recordedWalker{}), func(b *bench) {
		b.expect("autoencoder z =", "VAE z =")
		b.press("c")
		if strings.Contains(b.text(), "autoencoder z") {
			b.Error("the autoencoder is still shown")
		}
		b.press("c")
		if strings.Contains(b.text(), "VAE z") {
			b.Error("the VAE is still shown")
		}
		b.press("c", "g")
		b.expect("from -2 to 2 σ")
		b.press("g")
		b.expect("VAE z =")
		b.press("n")
		b.expect("drawn from N(0, 1)", "ink 0.121", "real digits: ink 0.133")
		b.press("n")
		b.expect("ink 0.122")
		b.press("m")
		b.expect("VAE z =")
		b.press("g", "right") // Who moves wants to see where.
		b.expect("across 0.25 σ")
	})
}

func TestClicksMoveOnTheMap(t *testing.T) {
	play(t, opens(&recordedWalker{}), func(b *bench) {
		for i, p := range b.model.panels(80, 20) {
			_, cmd := b.model.Update(tea.MouseClickMsg{X: p.mapX, Y: p.mapY, Button: tea.MouseLeft})
			b.work(cmd)
			if at := b.model.at; at[0] > -3 || at[1] < 3 || b.model.sight.At != at {
				b.Errorf("a click on the upper left corner of map %d leads to %v", i, at)
			}
			b.press("0")
		}
		_, cmd := b.model.Update(tea.MouseClickMsg{X: 1, Y: 1, Button: tea.MouseLeft})
		b.work(cmd)
		b.expectAt(lab.Place{}) // That is the picture.
	})
}

// TestHeldKeySkipsPlaces looks slowly, and moves faster than the looks come.
func TestHeldKeySkipsPlaces(t *testing.T) {
	w := &recordedWalker{}
	open := func(ctx context.Context, emit func(lab.Event)) (Opened, error) {
		w.looks = make(chan lab.Place) // A channel of the bubble, or its time would stand still.
		return opens(w)(ctx, emit)
	}
	play(t, open, func(b *bench) {
		if first := <-w.looks; first != (lab.Place{}) {
			b.Errorf("the first look is at %v", first)
		}
		b.work(nil)
		b.press("right", "right", "right", "right")
		if next := <-w.looks; next != (lab.Place{0.25, 0}) {
			b.Errorf("the look after the first key is at %v", next)
		}
		b.work(nil)
		if next := <-w.looks; next != (lab.Place{1, 0}) {
			b.Errorf("the last look is at %v, want the place where the key was let go", next)
		}
		b.work(nil)
		b.expectAt(lab.Place{1, 0})
	})
}

func TestTaskCountsDigits(t *testing.T) {
	play(t, opens(&recordedWalker{}), func(b *bench) {
		b.expect("1: 0") // The recorded walker draws a 0 in the middle.
		b.press("right", "right", "right", "right", "right", "right", "right")
		b.expect("reached ✓")
		if !b.model.Task().Reached {
			b.Errorf("%+v", b.model.Task())
		}
	})
}

func TestFailuresSayWhatToDo(t *testing.T) {
	fails := true
	open := func(ctx context.Context, emit func(lab.Event)) (Opened, error) {
		if fails {
			return Opened{}, errNoRoom
		}
		return opens(&recordedWalker{})(ctx, emit)
	}
	play(t, open, func(b *bench) {
		b.expect("no room for the model", "r tries again")
		b.press("right")
		b.expect("no room for the model")
		fails = false
		b.press("r")
		b.expectAt(lab.Place{})
		b.press("r")
		b.expect("nothing failed")
	})
	w := &recordedWalker{fails: errors.New("computing: out of memory")}
	play(t, opens(w), func(b *bench) {
		b.expect("out of memory; r tries again")
		w.fails = nil
		b.press("r")
		b.expectAt(lab.Place{})
	})
}

func TestStaleMessagesAreDropped(t *testing.T) {
	play(t, opens(&recordedWalker{}), func(b *bench) {
		b.model.Update(job.Msg{Job: job.New(), Events: []lab.Event{seen{sight: lab.Sight{At: lab.Place{9, 9}}}}, Ended: true, Err: errNoRoom})
		b.expectAt(lab.Place{})
	})
}

func TestCloseEndsEverything(t *testing.T) {
	// synctest.Test fails when a goroutine is left, also when the models are being opened.
	forever := func(ctx context.Context, _ func(lab.Event)) (Opened, error) {
		<-ctx.Done()
		return Opened{}, ctx.Err()
	}
	play(t, forever, func(b *bench) {
		b.press("right")
		b.expect("the models are not ready yet")
	})
	play(t, opens(&recordedWalker{}), func(b *bench) { b.press("right"); b.model.Close(); b.model.Close() })
}
