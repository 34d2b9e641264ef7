package latentmap

import (
	"errors"
	"flag"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

var update = flag.Bool("update", false, "write the golden screens anew")

func TestViewKeepsItsSize(t *testing.T) { labtest.Sizes(t, screens(t)) }

func TestGoldenScreens(t *testing.T) { labtest.Golden(t, *update, screens(t), "explored") }

// press presses keys; no goroutine works the commands that they give.
func press(m *Model, keys ...string) {
	for _, key := range keys {
		m.Update(keymap.Press(key))
	}
}

// play plays a script with a fake work.
func play(t *testing.T, script func(p *labtest.Player, m *Model, f *fake)) {
	t.Helper()
	var m *Model
	f := &fake{}
	labtest.Play(t, func() screen.Screen {
		f.events = make(chan lab.Event)
		m = New(f.explore, settings(), question)
		return m
	}, func(p *labtest.Player) { script(p, m, f) })
}

// tell sends events of the work.
func tell(p *labtest.Player, f *fake, events ...lab.Event) {
	for _, e := range events {
		f.events <- e
	}
	p.Settle()
}

func TestKeysMoveTheQuery(t *testing.T) {
	play(t, func(p *labtest.Player, m *Model, f *fake) {
		p.Press("left")
		p.Expect("there is no map yet")
		tell(p, f, everything(t)...)
		for _, key := range []string{"right", "left", "up", "down"} {
			before := m.latent.plane.Queries[m.query]
			at := m.query
			p.Press(key)
			if m.query == at && m.notice.Tone != board.Warning {
				t.Fatalf("%s neither moved the query nor says why", key)
			}
			after := m.latent.plane.Queries[m.query]
			along := map[string]float64{"right": after[0] - before[0], "left": before[0] - after[0], "up": after[1] - before[1], "down": before[1] - after[1]}[key]
			if m.query != at && along <= 0 {
				t.Errorf("%s went from %v to %v", key, before, after)
			}
		}
		for range 60 {
			p.Press("left")
		}
		p.Expect("there is no digit further that way")
		class := m.digits.Queries.Labels[m.query]
		p.Press("tab")
		if got := m.digits.Queries.Labels[m.query]; got != (class+1)%10 {
			t.Errorf("tab went from class %d to %d", class, got)
		}
		p.Press("w")
		p.Expect("✗")
		if m.query%11 != 0 {
			t.Errorf("the query %d has a right vote", m.query)
		}
		p.Press("p")
		if m.shown().space.Space != lab.Pixels {
			t.Error("p does not show the pixels")
		}
		p.Expect("by pixels")
	})
}

func TestClickPicksTheNearest(t *testing.T) {
	play(t, func(p *labtest.Player, m *Model, f *fake) {
		tell(p, f, everything(t)...)
		at := m.mapArea()
		for _, want := range []int{3, 77, 250} {
			x, y := m.scatter().Place(point(m.latent.plane.Queries[want]), at.width, at.height)
			p.Send(tea.MouseClickMsg{X: at.x + x, Y: y, Button: tea.MouseLeft})
			gotX, gotY := m.scatter().Place(point(m.latent.plane.Queries[m.query]), at.width, at.height)
			if gotX != x || gotY != y {
				t.Errorf("a click on the cell %d,%d picked a digit at %d,%d", x, y, gotX, gotY)
			}
		}
		before := m.query
		p.Send(tea.MouseClickMsg{X: at.x + at.width + 3, Y: 2, Button: tea.MouseLeft})
		if m.query != before {
			t.Error("a click beside the map moved the query")
		}
		p.Send(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
		if m.settings.K != 6 {
			t.Errorf("the wheel made k %d", m.settings.K)
		}
	})
}

func TestBounds(t *testing.T) {
	play(t, func(p *labtest.Player, m *Model, f *fake) {
		tell(p, f, everything(t)...)
		for range lab.MostNeighbors + 1 {
			p.Press("+")
		}
		p.Expect("k stays between 1 and 30", "k 30 + −")
		for range lab.MostNeighbors + 1 {
			p.Press("-")
		}
		p.Expect("k stays between 1 and 30", "k 1 + −")
		p.Press("[", "[")
		p.Expect("the code has between 4 and 32 values here")
	})
}

func TestAnotherCodeKeepsThePixels(t *testing.T) {
	play(t, func(p *labtest.Player, m *Model, f *fake) {
		tell(p, f, everything(t)...)
		before := m.job
		p.Press("]")
		if len(f.calls) != 2 || f.calls[1].Latent != 16 || !slices.Equal(f.pixels, []bool{true, false}) {
			t.Fatalf("the work was asked for %+v, with pixels %v", f.calls, f.pixels)
		}
		p.Send(job.Msg{Job: before, Events: []lab.Event{spaceOf(lab.Latent, 8, asked, 11, 0.5)}})
		if m.latent.space.Queries != 0 {
			t.Error("what the job before told reached the screen")
		}
		tell(p, f, mapOf(lab.Latent, 16), spaceOf(lab.Latent, 16, asked, 11, 0.936))
		p.Expect("reached ✓", "0.936", "1.3 MB")
		p.Press("[")
		p.ExpectNot("0.936")
		if m.Task().Reached != true {
			t.Error("the task did not stay reached")
		}
	})
}

func TestInterpolation(t *testing.T) {
	play(t, func(p *labtest.Player, m *Model, f *fake) {
		tell(p, f, digits(t), spaceOf(lab.Pixels, 784, asked, 17, 0.941), mapOf(lab.Pixels, 784))
		p.Press("i")
		p.Expect("there is no decoder yet")
		tell(p, f, mapOf(lab.Latent, 8), spaceOf(lab.Latent, 8, asked, 11, 0.902))
		p.Press("i")
		p.Expect("the way starts here", "decoded")
		p.Press("tab")
		if len(m.drew) != pathSteps {
			t.Fatalf("%d pictures were decoded", len(m.drew))
		}
		// The fake decodes a code of which each value is the query's number over all to that grey.
		if from, to := m.drew[0][0], m.drew[pathSteps-1][0]; from != float32(m.from)/asked || to != float32(m.query)/asked {
			t.Errorf("the way goes from %v to %v", from, to)
		}
		p.Press("i")
		if m.from != nobody {
			t.Error("i does not end the way")
		}
		p.Expect("by codes")
	})
}

func TestFailureSaysWhatToDo(t *testing.T) {
	play(t, func(p *labtest.Player, m *Model, f *fake) {
		f.err = errors.New("t10k-images-idx3-ubyte.gz: truncated")
		close(f.events)
		p.Settle()
		p.Expect("truncated; r starts over")
		f.events, f.err = make(chan lab.Event), nil
		p.Press("r")
		tell(p, f, everything(t)...)
		p.Expect("by codes")
		if len(f.calls) != 2 || !m.reachable() {
			t.Errorf("%d calls", len(f.calls))
		}
	})
}

func (m *Model) reachable() bool { return m.latent.complete() && m.pixels.complete() }

func TestCloseEndsEverything(t *testing.T) {
	play(t, func(p *labtest.Player, _ *Model, f *fake) { tell(p, f, everything(t)...); p.Press("i", "]", "r") })
	synctest.Test(t, func(*testing.T) { New(nil, settings(), question).Close() })
}

// TestTheMapIsWhereItIsDrawn: what a long answer takes from the map is no place to click at.
func TestTheMapIsWhereItIsDrawn(t *testing.T) {
	m := show(everything(t)...)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 22})
	m.notice.Refuse("%s", strings.Repeat("the decoder failed; ", 10))
	at := m.mapArea()
	lines := strings.Split(ansi.Strip(m.View(80, 22, labtest.Themes()["no-colour"])), "\n")
	if i := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, "by codes") }); i != at.height+1 {
		t.Errorf("the map has %d lines, and the pictures below it begin at line %d", at.height, i-1)
	}
}
