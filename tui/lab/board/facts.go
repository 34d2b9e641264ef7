package board

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

// Fact is one line of numbers: a label, a number that stands right-aligned under the others, and its unit.
type Fact struct {
	Label, Number, Unit string
	Tone                Tone // of the number; Quiet counts as Plain
	Bold                bool
	UnitTone            Tone
}

// Facts draws facts as columns in lines of at most width cells. An empty label and number is an empty line.
func Facts(facts []Fact, width int, t theme.Theme) []string {
	labels, numbers := 0, 0
	for _, f := range facts {
		labels, numbers = max(labels, ansi.StringWidth(f.Label)), max(numbers, ansi.StringWidth(f.Number))
	}
	lines := make([]string, len(facts))
	for i, f := range facts {
		style := Style(max(f.Tone, Plain), t).Bold(f.Bold)
		line := Style(Quiet, t).Render(Pad(f.Label, labels+1)) + style.Render(PadLeft(f.Number, numbers))
		if f.Unit != "" {
			line += " " + Style(f.UnitTone, t).Render(f.Unit)
		}
		lines[i] = ansi.Truncate(line, width, "…")
	}
	return lines
}

// Pad fills s with blanks at its right end to width cells.
func Pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-ansi.StringWidth(s)))
}

// PadLeft fills s with blanks at its left end to width cells.
func PadLeft(s string, width int) string {
	return strings.Repeat(" ", max(0, width-ansi.StringWidth(s))) + s
}

// Beside puts the lines of right gap cells beside those of left, which takes leftWidth cells.
func Beside(left []string, leftWidth, gap int, right []string) []string {
	lines := make([]string, max(len(left), len(right)))
	for i := range lines {
		if i < len(left) {
			lines[i] = ansi.Truncate(left[i], leftWidth, "…")
		}
		if i < len(right) && right[i] != "" {
			lines[i] = Pad(lines[i], leftWidth+gap) + right[i]
		}
	}
	return lines
}

// Fit makes exactly height lines of at most width cells: what is too much is cut off, what is missing is empty.
func Fit(lines []string, width, height int) []string {
	fitted := make([]string, max(height, 0))
	for i := range min(len(lines), len(fitted)) {
		fitted[i] = ansi.Truncate(lines[i], width, "…")
	}
	return fitted
}

// Stack is a lab's screen of exactly height lines: body over bottom, which keeps its place at the lower edge.
func Stack(width, height int, body, bottom []string) string {
	bottom = bottom[:min(len(bottom), height)]
	return strings.Join(append(Fit(body, width, height-len(bottom)), Fit(bottom, width, len(bottom))...), "\n")
}
