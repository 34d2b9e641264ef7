package exercise

import (
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

const (
	twoColumns  = 116 // from so many cells on there is room for two columns
	leastColumn = 44
	between     = " │ "
)

// beside divides the screen into a column for the task and the file, and one for what was found; wide is whether there is
// room for both.
func beside(width int) (left, right int, wide bool) {
	if width < twoColumns {
		return width, 0, false
	}
	room := width - ansi.StringWidth(between)
	right = min(max(room*2/5, leastColumn), textWidth)
	return room - right, right, true
}

// joined puts lines beside others, height lines in all. No line on the left is wider than its width.
func joined(left, right []string, width, height int, t theme.Theme) []string {
	rule := t.Style(t.Faint).Render(between)
	at := func(lines []string, i int) string {
		if i < len(lines) {
			return lines[i]
		}
		return ""
	}
	lines := make([]string, height)
	for i := range lines {
		line := at(left, i)
		lines[i] = line + spaces(width-ansi.StringWidth(line)) + rule + at(right, i)
	}
	return lines
}
