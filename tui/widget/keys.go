package widget

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/theme"
)

const (
	keyMargin = 2 // cells left of a key line
	keyGap    = 2 // cells between groups of keys
)

// KeySpan is where a key stands in a key line, in cells from its left; End is the first cell outside.
type KeySpan struct {
	Start, End int
	Key        keymap.Key
}

// KeyLine draws the keys of a screen in a line of at most width cells: those of own that fit, then fixed. Of the keys
// that have strokes it tells where a click means them: on the key, and on the words beside it where only one key stands
// before them.
func KeyLine(own, fixed keymap.Table, width int, t theme.Theme) (line string, spans []KeySpan) {
	groups, always := own.Groups(), fixed.Groups()
	for len(groups) > 0 && keyMargin+keysWidth(groups)+keysWidth(always)-keyGap > width {
		groups = groups[:len(groups)-1]
	}
	accent, muted := t.Style(t.Accent), t.Style(t.Muted)
	var b strings.Builder
	x := 0
	put := func(gap int, text string, style lipgloss.Style) (start int) {
		b.WriteString(strings.Repeat(" ", gap) + style.Render(text))
		start = x + gap
		x = start + ansi.StringWidth(text)
		return start
	}
	gap := keyMargin
	for _, g := range append(groups, always...) {
		for _, k := range g.Keys {
			start := put(gap, k.Label, accent)
			gap = 1
			if len(k.Strokes) == 0 {
				continue
			}
			end := x
			if len(g.Keys) == 1 {
				end = x + 1 + ansi.StringWidth(g.Help)
			}
			spans = append(spans, KeySpan{start, end, k})
		}
		put(1, g.Help, muted)
		gap = keyGap
	}
	return b.String(), spans
}

// keysWidth counts a gap behind each group.
func keysWidth(groups []keymap.Group) int {
	width := 0
	for _, g := range groups {
		width += keyGap + ansi.StringWidth(g.Help)
		for _, k := range g.Keys {
			width += ansi.StringWidth(k.Label) + 1
		}
	}
	return width
}

// KeySection is a part of a help: a screen and its keys.
type KeySection struct {
	Title string
	Keys  keymap.Table
}

// KeyHelp names all keystrokes of some screens and says what each does.
func KeyHelp(sections []KeySection, t theme.Theme) []string {
	column := 0
	for _, s := range sections {
		for _, g := range s.Keys.Groups() {
			column = max(column, ansi.StringWidth(strokes(g)))
		}
	}
	bold, accent := lipgloss.NewStyle().Bold(true), t.Style(t.Accent)
	var lines []string
	for i, s := range sections {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, bold.Render(s.Title))
		for _, g := range s.Keys.Groups() {
			text := strokes(g)
			pad := strings.Repeat(" ", column-ansi.StringWidth(text)+keyGap)
			lines = append(lines, "  "+accent.Render(text)+pad+g.Help)
		}
	}
	return lines
}

// strokes names all keystrokes of a group: "← h p   → l n".
func strokes(g keymap.Group) string {
	names := make([]string, len(g.Keys))
	for i, k := range g.Keys {
		names[i] = k.AllStrokes()
	}
	return strings.Join(names, strings.Repeat(" ", keyGap))
}
