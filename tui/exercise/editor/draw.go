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
				room = min(room, folds[i+1]-from)
			}
			lines = append(lines, left+e.draw(line, from, room, t))
		}
	}
	return lines
}

// folds are the cells at which the parts of a line begin that fit into width cells, all but the first behind an indent. It
// is folded behind a blank where there is one.
func (e *Editor) folds(line, width int) (cellsOf []int, indent int) {
	start, end := e.buffer.bounds(line)
	text := e.buffer.text[start:end]
	blanks := len(text) - len(strings.TrimLeft(text, "\t "))
	indent = e.buffer.cell(start+blanks) + foldIndent
	if indent > width/2 {
		indent = 0
	}
	cellsOf = []int{0}
	room, at, blank := width, 0, 0
	for i, r := range text {
		size := cells(r, at)
		from := cellsOf[len(cellsOf)-1]
		if at+size > from+room && at > from && r != ' ' {
			if blank <= from || at+size > blank+width-indent {
				blank = at // No blank is there, or a word that fits into no later part.
			}
			cellsOf, room = append(cellsOf, blank), width-indent
		}
		at += size
		if i >= blanks && r == ' ' {
			blank = at
		}
	}
	return cellsOf, indent
}
