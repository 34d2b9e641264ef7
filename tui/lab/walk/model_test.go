package walk

import (
	"context"
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

// bench is a player of the lab with the work that the test drives.
type bench struct {
	*labtest.Player
	model *Model
}

func play(t *testing.T, open Open, script func(b *bench)) {
	t.Helper()
	b := &bench{}
	labtest.Play(t, func() screen.Screen {
		b.model = New(open, 0.25, 1, question)
		b.model.Update(tea.WindowSizeMsg{Width: 80, Height: 22})
		return b.model
	}, func(p *labtest.Player) {
		b.Player = p
		script(b)
	})
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
		b.Press("right", "l", "up", "down", "j", "left")
		b.expectAt(lab.Place{0.25, -0.25})
		b.Expect("across 0.25 σ", "up -0.25 σ", "off by 0.020 ✓")
		b.Press("0")
		b.expectAt(lab.Place{})
		for range 20 {
			b.Press("up")
		}
		b.expectAt(lab.Place{0, 3.5})
		b.Expect("the map ends at 3.5 σ")
	})
}

func TestViewsChange(t *testing.T) {
	play(t, opens(&recordedWalker{}), func(b *bench) {
		b.Expect("autoencoder z =", "VAE z =")
		b.Press("c")
		if strings.Contains(b.Text(), "autoencoder z") {
			b.Error("the autoencoder is still shown")
		}
		b.Press("c")
		if strings.Contains(b.Text(), "VAE z") {
			b.Error("the VAE is still shown")
		}
		b.Press("c", "g")
		b.Expect("from -2 to 2 σ")
		b.Press("g")
		b.Expect("VAE z =")
		b.Press("n")
		b.Expect("drawn from N(0, 1)", "ink 0.121", "real digits: ink 0.133")
		b.Press("n")
		b.Expect("ink 0.122")
		b.Press("m")
		b.Expect("VAE z =")
		b.Press("g", "right") // Who moves wants to see where.
		b.Expect("across 0.25 σ")
	})
}

func TestClicksMoveOnTheMap(t *testing.T) {
	play(t, opens(&recordedWalker{}), func(b *bench) {
		for i, p := range b.model.panels(80, 20) {
			b.Send(tea.MouseClickMsg{X: p.mapX, Y: p.mapY, Button: tea.MouseLeft})
			if at := b.model.at; at[0] > -3 || at[1] < 3 || b.model.sight.At != at {
				b.Errorf("a click on the upper left corner of map %d leads to %v", i, at)
			}
			b.Press("0")
		}
		b.Send(tea.MouseClickMsg{X: 1, Y: 1, Button: tea.MouseLeft})
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
		b.Settle()
		b.Press("right", "right", "right", "right")
		if next := <-w.looks; next != (lab.Place{0.25, 0}) {
			b.Errorf("the look after the first key is at %v", next)
		}
		b.Settle()
		if next := <-w.looks; next != (lab.Place{1, 0}) {
			b.Errorf("the last look is at %v, want the place where the key was let go", next)
		}
		b.Settle()
		b.expectAt(lab.Place{1, 0})
	})
}

func TestTaskCountsDigits(t *testing.T) {
	play(t, opens(&recordedWalker{}), func(b *bench) {
		b.Expect("1 of 8: 0") // The recorded walker draws a 0 in the middle.
		b.Press("right", "right", "right", "right", "right", "right", "right")
		b.Expect("reached ✓")
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
		b.Expect("no room for the model", "r tries again")
		b.Press("right")
		b.Expect("no room for the model")
		fails = false
		b.Press("r")
		b.expectAt(lab.Place{})
		b.Press("r")
		b.Expect("nothing failed")
	})
	w := &recordedWalker{fails: errors.New("computing: out of memory")}
	play(t, opens(w), func(b *bench) {
		b.Expect("out of memory; r tries again")
		w.fails = nil
		b.Press("r")
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
		b.Press("right")
		b.Expect("the models are not ready yet")
	})
	play(t, opens(&recordedWalker{}), func(b *bench) { b.Press("right"); b.model.Close(); b.model.Close() })
}
