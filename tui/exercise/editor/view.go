package editor

import (
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

// gutter is how many cells the line numbers take, with the space behind them.
func (e *Editor) gutter() int { return max(len(strconv.Itoa(len(e.buffer.lines))), 2) + 3 }

// Lines draws so many lines of so many cells, with the cursor in view.
func (e *Editor) Lines(width, height int, t theme.Theme) []string {
	e.height = height
	e.follow(width - e.gutter())
	if e.coloured.version != e.buffer.version {
		e.coloured = colours{e.buffer.version, classes(e.buffer.text)}
	}
	lines := make([]string, 0, height)
	for line := e.top; line < min(e.top+height, len(e.buffer.lines)); line++ {
		lines = append(lines, e.number(line, t)+e.visible(line, width-e.gutter(), t))
	}
	for len(lines) < height {
		lines = append(lines, "")
	}
	return lines
}

// visible draws the part of a line that is in view, and a mark where it goes on: at the end of a long line, but in that of
// the cursor, which moves sideways, at its beginning.
func (e *Editor) visible(line, width int, t theme.Theme) string {
	_, end := e.buffer.bounds(line)
	mark := t.Style(t.Faint).Render("…")
	switch side := e.sideOf(line); {
	case side > 0:
		return mark + e.draw(line, side+1, width-1, t)
	case e.buffer.cell(end) <= width || line == e.buffer.line(e.buffer.cursor):
		return e.draw(line, 0, width, t)
	}
	drawn := e.draw(line, 0, width-1, t)
	return drawn + spaces(width-1-ansi.StringWidth(drawn)) + mark
}

// sideOf is the first cell of a line that is in view. Only the cursor's line moves sideways: the others are read from where
// they begin.
func (e *Editor) sideOf(line int) int {
	if line == e.buffer.line(e.buffer.cursor) {
		return e.side
	}
	return 0
}

// number is the gutter of a line.
func (e *Editor) number(line int, t theme.Theme) string {
	number := strconv.Itoa(line + 1)
	mark, style := " ", t.Style(t.Faint)
	if line == e.buffer.marked {
		mark, style = "✗", t.Style(t.Warning)
	}
	return style.Render(mark+spaces(e.gutter()-3-len(number))+number) + "  "
}

// follow brings the cursor into view.
func (e *Editor) follow(width int) {
	line, cell := e.buffer.line(e.buffer.cursor), e.buffer.cell(e.buffer.cursor)
	e.top = min(max(e.top, line-e.height+1), line)
	e.side = min(max(e.side, cell-width+1), max(cell-1, 0)) // The first cell holds the mark, not the cursor.
	if cell < width {
		e.side = 0
	}
}

// look is how a character is shown.
type look struct {
	class            class
	cursor, selected bool
}

// place is a character of a line: its offset in the text, and the cell where it stands.
type place struct{ offset, cell int }

// draw draws the part of a line that begins at a cell.
func (e *Editor) draw(line, side, width int, t theme.Theme) string {
	start, _ := e.buffer.bounds(line)
	return e.drawFrom(place{offset: start}, line, side, width, t)
}

// drawFrom draws the part of a line that begins at a cell, from a place that is not behind it. It looks at no more of the
// line than that, since a long one is drawn in many parts.
func (e *Editor) drawFrom(from place, line, side, width int, t theme.Theme) string {
	b := &e.buffer
	_, end := b.bounds(line)
	selected, to := b.selection()
	var out, run strings.Builder
	var last look
	flush := func() {
		if run.Len() > 0 {
			out.WriteString(last.style(t).Render(run.String()))
			run.Reset()
		}
	}
	put := func(text string, l look) {
		if l != last {
			flush()
			last = l
		}
		run.WriteString(text)
	}
	at := from.cell
	for i, r := range b.text[from.offset:end] {
		offset, size := from.offset+i, cells(r, at)
		if at+size > side+width {
			at = side + width
			break
		}
		l := look{e.coloured.of[offset], offset == b.cursor, offset >= selected && offset < to}
		if at >= side {
			text := string(r)
			if r == '\t' {
				// The cursor on a tab is one cell, as on any other character.
				put(" ", l)
				l.cursor = false
				text = spaces(size - 1)
			}
			put(text, l)
		}
		at += size
	}
	if b.cursor == end && at-side < width {
		put(" ", look{cursor: true})
	}
	flush()
	return out.String()
}

func (l look) style(t theme.Theme) lipgloss.Style {
	style := lipgloss.NewStyle()
	switch l.class {
	case plain:
	case keyword:
		style = t.Style(t.Accent)
	case literal:
		style = t.Style(t.Class(6))
	case comment:
		style = t.Style(t.Muted)
	case todo:
		style = t.Style(t.Warning)
	}
	switch {
	case l.cursor:
		return style.Reverse(true)
	case l.selected:
		return style.Reverse(true).Faint(true)
	}
	return style
}

func spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }
