package server

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	work "github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/theme"
)

// stillLab shows a word.
type stillLab struct{ size *tea.WindowSizeMsg }

func (stillLab) Init() tea.Cmd { return nil }
func (l stillLab) Update(msg tea.Msg) (lab.Screen, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		*l.size = size
	}
	return l, nil
}
func (stillLab) View(int, int, theme.Theme) string { return "the lab" }
func (stillLab) Title() string                     { return "still" }
func (stillLab) Keys() keymap.Table                { return nil }
func (stillLab) Close()                            {}
func (stillLab) Task() work.Task                   { return work.Task{Text: "nothing"} }

func TestLabsWaitInLine(t *testing.T) {
	p := newPlaces(1)
	var size tea.WindowSizeMsg
	open := func() (lab.Screen, error) { return stillLab{&size}, nil }
	view := func(s lab.Screen) string { return s.View(80, 6, theme.New(theme.Dark, colorprofile.ASCII, true)) }
	seats := make([]lab.Screen, 3)
	for i := range seats {
		var err error
		if seats[i], err = p.seated(open); err != nil {
			t.Fatal(err)
		}
		seats[i], _ = seats[i].Update(tea.WindowSizeMsg{Width: 80 + i, Height: 6})
	}
	for i, want := range []string{"the lab", "You are number 1 in line", "You are number 2 in line"} {
		if !strings.Contains(view(seats[i]), want) {
			t.Errorf("screen %d shows %q, want %q", i, view(seats[i]), want)
		}
	}
	seats[1].Close() // Somebody gives up.
	if !strings.Contains(view(seats[2]), "You are number 1 in line") {
		t.Errorf("the line does not move up: %q", view(seats[2]))
	}
	seats[0].Close()
	seats[0].Close() // A screen may be closed twice; the place is given once.
	seats[2], _ = seats[2].Update(turnMsg{})
	if !strings.Contains(view(seats[2]), "the lab") || size.Width != 82 || seats[2].Task().Text != "nothing" {
		t.Errorf("the next one is not seated: %q, told the size %v", view(seats[2]), size)
	}
	last, err := p.seated(open)
	if err != nil || !strings.Contains(view(last), "number 1 in line") {
		t.Errorf("%v; a place was given twice: %q", err, view(last))
	}
	seats[2].Close()
	last.Close()
	if _, err := p.seated(func() (lab.Screen, error) { return nil, errors.New("broken") }); err == nil || p.free != 1 {
		t.Errorf("a lab that cannot be opened: %v, %d places free, want 1", err, p.free)
	}
}

func TestALabThatCannotBeOpenedTakesNoPlace(t *testing.T) {
	p := newPlaces(1)
	var size tea.WindowSizeMsg
	open := func() (lab.Screen, error) { return stillLab{&size}, nil }
	first, err := p.seated(open)
	if err != nil {
		t.Fatal(err)
	}
	waiting, err := p.seated(func() (lab.Screen, error) { return nil, errors.New("broken") })
	if err != nil {
		t.Fatal(err)
	}
	first.Close()
	waiting, _ = waiting.Update(turnMsg{})
	if p.free != 1 {
		t.Error("a screen that tells why there is no lab keeps its place")
	}
	waiting.Close()
	if p.free != 1 {
		t.Errorf("%d places are free, want 1", p.free)
	}
}
