package theme

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// Told is what a terminal has told of itself so far, in messages and in the environment of its program.
type Told struct {
	Unicode       bool // the locale is UTF-8
	ReducedMotion bool // somebody asked for it

	background Background
	profile    colorprofile.Profile
	noColor    bool // NO_COLOR is set
}

// NewTold is what is assumed of a terminal that has told nothing yet.
func NewTold(unicode bool) Told { return Told{Unicode: unicode, profile: colorprofile.TrueColor} }

// With is what is known after a message. Those that tell nothing of a terminal change nothing.
func (t Told) With(msg tea.Msg) Told {
	switch msg := msg.(type) {
	case tea.BackgroundColorMsg:
		t.background = Light
		if msg.IsDark() {
			t.background = Dark
		}
	case tea.ColorProfileMsg:
		t.profile = msg.Profile
	case tea.EnvMsg:
		// The convention of no-color.org: any value that is not empty counts, so also ones that are no boolean.
		t.noColor = msg.Getenv("NO_COLOR") != ""
		t.ReducedMotion = t.ReducedMotion || ReducedMotion(msg.Getenv(ReducedMotionVariable))
		if t.background == Unknown {
			t.background = backgroundOf(msg.Getenv("COLORFGBG"))
		}
	}
	return t
}

// Profile is how many colours may be used.
func (t Told) Profile() colorprofile.Profile {
	if t.noColor {
		return min(t.profile, colorprofile.ASCII)
	}
	return t.profile
}

// Theme is how to draw on the terminal, without graphics.
func (t Told) Theme() Theme {
	drawn := New(t.background, t.Profile(), t.Unicode)
	drawn.ReducedMotion = t.ReducedMotion
	return drawn
}
