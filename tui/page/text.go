package page

import "github.com/aetutor/aetutor/tui/theme"

// Text draws Markdown that stands outside of a page. It remembers what it drew.
type Text struct{ prose *prose }

// Lines are the lines of Markdown, wrapped at width cells.
func (x *Text) Lines(markdown string, width int, t theme.Theme) []string {
	if x.prose == nil || x.prose.theme != t {
		x.prose = newProse(t)
	}
	return x.prose.lines(markdown, width, width)
}
