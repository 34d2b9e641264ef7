// Package theme says how the screens look: a palette for dark and light backgrounds, and what the terminal can show.
package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// Theme is a value: every session has its own, so two learners with different backgrounds never share one.
type Theme struct {
	Background Background
	Color      bool // the terminal shows colours
	Unicode    bool // the locale is UTF-8; otherwise everything is drawn in ASCII
	// ReducedMotion says that nothing should move: how far something is stands in numbers instead of in a bar that grows.
	ReducedMotion bool

	Accent, Warning    color.Color // what just changed or is chosen; what needs attention
	Text, Muted, Faint color.Color // greys: prose, labels, rules and what is off; Text is nil for the terminal's own

	// Series colours of a chart. Only the curve that the learner is asked about has a colour; the others are greys,
	// and widget.Chart gives each of them a glyph of its own too.
	Train, Validation, LastRun color.Color
}

// New returns the palette for a background, the colours that the terminal has, and whether its locale is UTF-8.
func New(background Background, profile colorprofile.Profile, unicode bool) Theme {
	t := Theme{Background: background, Color: profile > colorprofile.ASCII, Unicode: unicode}
	switch background {
	case Dark:
		t.Accent, t.Warning = lipgloss.Color("#5cc8ff"), lipgloss.Color("#ffb454")
		t.Text, t.Muted, t.Faint = lipgloss.Color("#dcdcdc"), lipgloss.Color("#9a9a9a"), lipgloss.Color("#6c6c6c")
	case Light:
		t.Accent, t.Warning = lipgloss.Color("#0b6e99"), lipgloss.Color("#a34700")
		t.Text, t.Muted, t.Faint = lipgloss.Color("#1c1c1c"), lipgloss.Color("#5f5f5f"), lipgloss.Color("#8a8a8a")
	default:
		t.Accent, t.Warning = lipgloss.Color("#187fb4"), lipgloss.Color("#b56200")
		t.Muted, t.Faint = lipgloss.Color("#767676"), lipgloss.Color("#767676")
	}
	t.Train, t.Validation, t.LastRun = t.Text, t.Accent, t.Muted
	return t
}

// Class is the colour of a class of points: those of Okabe and Ito (2008), which people with any kind of colour vision
// tell apart, then greys. Whoever draws with it gives each class a mark of its own too.
func (t Theme) Class(i int) color.Color {
	hues := []string{"#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"}
	if t.Background != Dark {
		hues[3] = "#9a8f00" // Their yellow cannot be read on white.
	}
	if i %= len(hues) + 2; i < len(hues) {
		return lipgloss.Color(hues[i])
	}
	return []color.Color{t.Muted, t.Text}[i-len(hues)]
}

// Style draws in c. A terminal without colours shows what stands out in bold, and everything else plain.
func (t Theme) Style(c color.Color) lipgloss.Style {
	style := lipgloss.NewStyle()
	switch {
	case c == nil:
		return style
	case t.Color:
		return style.Foreground(c)
	case c == t.Accent || c == t.Warning:
		return style.Bold(true)
	}
	return style
}
