package editor

import (
	"strings"

	"github.com/aetutor/aetutor/tui/theme"
)

// foldIndent is how many cells further than its line the rest of a folded line begins.
const foldIndent = 4

// Draw draws Go source that nobody edits, in lines of at most width cells; lines that are longer are folded. errorLine,
// from 1, is marked as the one with a mistake; 0 marks none.
func Draw(source string, errorLine, width int, t theme.Theme) []string {
	e := New(strings.TrimRight(source, "\n"))
	e.MarkError(errorLine)
	e.buffer.cursor = -1
	e.coloured = colours{e.buffer.version, classes(e.buffer.text)}
	var lines []string
	for line := range e.buffer.lines {
		room := max(width-e.gutter(), 1)
		folds, indent := e.folds(line, room)
		for i, from := range folds {
			left := e.number(line, t)
			if i > 0 {
				left, room = spaces(e.gutter()+indent), max(width-e.gutter()-indent, 1)
			}
			if i+1 < len(folds) {
				room = min(room, folds[i+1].cell-from.cell)
			}
			lines = append(lines, left+e.drawFrom(from, line, from.cell, room, t))
		}
	}
	return lines
}

// folds are where the parts of a line begin that fit into width cells, all but the first behind an indent. It is folded
// behind a blank where there is one.
func (e *Editor) folds(line, width int) (parts []place, indent int) {
	start, end := e.buffer.bounds(line)
	text := e.buffer.text[start:end]
	blanks := len(text) - len(strings.TrimLeft(text, "\t "))
	indent = e.buffer.cell(start+blanks) + foldIndent
	if indent > width/2 {
		indent = 0
	}
	parts = []place{{offset: start}}
	room, at, blank := width, 0, place{}
	for i, r := range text {
		size := cells(r, at)
		from := parts[len(parts)-1].cell
		if at+size > from+room && at > from && r != ' ' {
			if blank.cell <= from || at+size > blank.cell+width-indent {
				blank = place{start + i, at} // No blank is there, or a word that fits into no later part.
			}
			parts, room = append(parts, blank), width-indent
		}
		at += size
		if i >= blanks && r == ' ' {
			blank = place{start + i + 1, at}
		}
	}
	return parts, indent
}
