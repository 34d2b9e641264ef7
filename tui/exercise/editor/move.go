package editor

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/keymap"
)

// tabWidth is how many cells a tab takes at most.
const tabWidth = 4

// cells is how many cells a character takes that stands at a cell of its line.
func cells(r rune, at int) int {
	if r == '\t' {
		return tabWidth - at%tabWidth
	}
	if r < utf8.RuneSelf {
		return 1 // Of control characters there are none but tabs and the ends of lines.
	}
	return ansi.StringWidth(string(r))
}

// cell is where an offset stands in its line.
func (b *buffer) cell(offset int) int {
	start, _ := b.bounds(b.line(offset))
	at := 0
	for _, r := range b.text[start:offset] {
		at += cells(r, at)
	}
	return at
}

// offset is the place of a line that is nearest to a cell.
func (b *buffer) offset(line, cell int) int {
	start, end := b.bounds(min(max(line, 0), len(b.lines)-1))
	at := 0
	for i, r := range b.text[start:end] {
		width := cells(r, at)
		if at+width > cell {
			return start + i
		}
		at += width
	}
	return end
}

func isMove(action keymap.Action) bool {
	switch action {
	case left, right, up, down, wordLeft, wordRight, lineStart, lineEnd, pageUp, pageDown, textStart, textEnd:
		return true
	}
	return false
}

// move moves the cursor; extend selects what it moves over.
func (e *Editor) move(action keymap.Action, extend bool) {
	b := &e.buffer
	line := b.line(b.cursor)
	start, end := b.bounds(line)
	to := b.cursor
	switch action {
	case up:
		e.moveLines(-1, extend)
		return
	case down:
		e.moveLines(1, extend)
		return
	case pageUp:
		e.moveLines(-max(e.height-1, 1), extend)
		return
	case pageDown:
		e.moveLines(max(e.height-1, 1), extend)
		return
	case left:
		to = b.before(to)
	case right:
		to = b.after(to)
	case wordLeft:
		to = b.wordLeft(to)
	case wordRight:
		to = b.wordRight(to)
	case lineStart:
		to = start
	case lineEnd:
		to = end
	case textStart:
		to = 0
	case textEnd:
		to = len(b.text)
	}
	e.moveTo(to, extend)
}

// moveLines moves the cursor over lines, and keeps its cell where they are long enough.
func (e *Editor) moveLines(n int, extend bool) {
	b := &e.buffer
	goal := e.goal
	if goal < 0 {
		goal = b.cell(b.cursor)
	}
	line := b.line(b.cursor) + n
	switch {
	case line < 0:
		e.moveTo(0, extend)
	case line >= len(b.lines):
		e.moveTo(len(b.text), extend)
	default:
		e.moveTo(b.offset(line, goal), extend)
	}
	e.goal = goal
}

func (e *Editor) moveTo(offset int, extend bool) {
	b := &e.buffer
	switch {
	case !extend:
		b.anchor = -1
	case b.anchor < 0:
		b.anchor = b.cursor
	}
	b.cursor, e.goal = offset, -1
}

// Seek goes to the first line that holds a text, if one does.
func (e *Editor) Seek(text string) {
	if at := strings.Index(e.buffer.text, text); at >= 0 {
		e.moveTo(at, false)
		e.move(lineEnd, false)
	}
}

// Click puts the cursor at a cell of the view.
func (e *Editor) Click(x, y int) {
	e.moveTo(e.buffer.offset(e.top+y, max(x-e.gutter(), 0)+e.sideOf(e.top+y)), false)
}

// Scroll moves the cursor by lines, and the view with it.
func (e *Editor) Scroll(lines int) { e.moveLines(lines, false) }
