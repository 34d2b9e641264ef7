// Package board draws what labs have in common: facts beside a picture or a chart, the line that says what the lab waits
// for, and the task.
package board

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/theme"
)

// Tone is how much a text asks for the eye.
type Tone int

// The tones of a text.
const (
	Quiet   Tone = iota // a label, what waits
	Plain               // a number, prose
	Bright              // what just changed, what is reached
	Warning             // what went wrong or is refused
)

// Style is the look of a tone.
func Style(tone Tone, t theme.Theme) lipgloss.Style {
	switch tone {
	case Quiet:
		return t.Style(t.Muted)
	case Bright:
		return t.Style(t.Accent)
	case Warning:
		return t.Style(t.Warning)
	default:
		return t.Style(t.Text)
	}
}

// Bottom is the last lines of a lab.
type Bottom struct {
	Text     string // what the lab waits for or what the last key did; the question stands there when it is empty
	Tone     Tone   // of Text
	Question string
	Task     lab.Task // without a text there is none
}

// mostText is how many lines the text takes at most.
const mostText = 6

// Lines are at least one line of at most width cells.
func (b Bottom) Lines(width int, t theme.Theme) []string {
	text, tone := b.Text, b.Tone
	if text == "" {
		text, tone = b.Question, Quiet
	}
	lines := strings.Split(ansi.Wrap(text, max(width-2, 1), ""), "\n")
	lines = lines[:min(len(lines), mostText)]
	for i, line := range lines {
		lines[i] = ansi.Truncate(" "+Style(tone, t).Render(line), width, "")
	}
	if b.Task.Text == "" {
		return lines
	}
	now, style := b.Task.Now, Style(Plain, t)
	if b.Task.Reached {
		now, style = "reached ✓", Style(Bright, t)
	}
	left := " " + Style(Quiet, t).Render("task") + "  "
	room := width - ansi.StringWidth(left) - 1
	if now != "" {
		room -= ansi.StringWidth(now) + 2
	}
	left += Style(Plain, t).Render(ansi.Truncate(b.Task.Text, max(room, 0), "…"))
	gap := strings.Repeat(" ", max(width-1-ansi.StringWidth(left)-ansi.StringWidth(now), 1))
	return append(lines, ansi.Truncate(left+gap+style.Render(now), width, ""))
}
