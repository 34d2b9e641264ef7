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
	// Graphics shows pictures pixel by pixel, where the terminal can; else nil.
	Graphics *Graphics

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
		t.Accent, t.Warning = lipgloss.Color("#187caf"), lipgloss.Color("#b36100")
		t.Muted, t.Faint = lipgloss.Color("#767676"), lipgloss.Color("#767676")
	}
	t.Train, t.Validation, t.LastRun = t.Text, t.Accent, t.Muted
	return t
}

// classes is how many colours Class has.
const classes = 10

// Class is the colour of a class of points or of a series. People with any kind of colour vision tell every two of
// them apart, and see each on the background; dark ones follow the hues of Okabe and Ito (2008). All of them are among
// the 256 colours that terminals without true colour have, so there they stay as far apart. Whoever draws with them
// gives each class a mark of its own too.
func (t Theme) Class(i int) color.Color { return lipgloss.Color(classHues(t.Background)[i%classes]) }

func classHues(background Background) [classes]string {
	switch background {
	case Dark:
		return [...]string{
			"#ffaf00", "#5fafd7", "#00875f", "#ffff5f", "#0087d7", "#d75f00", "#d75faf", "#9e9e9e", "#dadada", "#af5f87",
		}
	case Light:
		return [...]string{
			"#d75f00", "#5f87d7", "#3a3a3a", "#5f875f", "#005faf", "#af0000", "#d75faf", "#8a8a8a", "#626262", "#5f005f",
		}
	default:
		return [...]string{
			"#af8700", "#0087d7", "#00875f", "#875f00", "#005faf", "#ff005f", "#af5faf", "#949494", "#af87af", "#875f87",
		}
	}
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
