package page

import (
	"math"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

// foldIndent is how much further than a line of code its rest is indented.
const foldIndent = 4

// Text draws Markdown that stands outside of a page. It remembers what it drew.
type Text struct{ prose *prose }

// Lines are the lines of Markdown, wrapped at width cells; so is code, which is looked at here in whatever room there is.
func (x *Text) Lines(markdown string, width int, t theme.Theme) []string {
	if x.prose == nil || x.prose.theme != t {
		x.prose = newProse(t)
	}
	var lines []string
	for _, line := range x.prose.lines(markdown, width, math.MaxInt) {
		lines = append(lines, folded(line, width)...)
	}
	return lines
}

// folded breaks a line of code that is wider than width cells, and indents its rest further.
func folded(line string, width int) []string {
	if ansi.StringWidth(line) <= width {
		return []string{line}
	}
	indent := len(line) - len(strings.TrimLeft(line, " ")) + foldIndent
	if indent > width/2 {
		indent = 0
	}
	first, rest, _ := strings.Cut(ansi.Wrap(line, width, ""), "\n")
	rest = ansi.Wrap(strings.ReplaceAll(rest, "\n", " "), width-indent, "")
	return append([]string{first}, Hanging(strings.Repeat(" ", indent), strings.Split(rest, "\n"))...)
}
