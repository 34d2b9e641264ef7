// Package editor is a small editor of Go source on the screen. It takes no clipboard but what the terminal pastes.
package editor

import (
	"strings"
	"unicode/utf8"
)

// change replaces removed by inserted at a byte of the text. It is kept to be undone.
type change struct {
	at                int
	removed, inserted string
	cursor            int  // before the change
	typed             bool // by single characters; the next one may join it
}

// maxUndo bounds what the changes that can be undone hold, in bytes, of which each takes changeSize besides its texts.
const (
	maxUndo    = 1 << 20
	changeSize = 64
)

// buffer is a text with a cursor and what was done to it. The offsets are bytes and stand between characters.
type buffer struct {
	text       string
	cursor     int
	anchor     int // the other end of the selection, -1 for none
	undo, redo []change
	lines      []int // where the lines start
	marked     int   // the line with a mistake, from 0, -1 for none; it moves with its text
	version    int   // counts the changes
}

func newBuffer(text string) buffer {
	b := buffer{text: text, anchor: -1, marked: -1}
	b.index()
	return b
}

func (b *buffer) index() {
	b.lines = append(b.lines[:0], 0)
	for i := range len(b.text) {
		if b.text[i] == '\n' {
			b.lines = append(b.lines, i+1)
		}
	}
	b.version++
}

// line is the number of the line that an offset stands in, from 0.
func (b *buffer) line(offset int) int {
	return strings.Count(b.text[:offset], "\n")
}

// bounds are where a line starts and ends, without its line feed.
func (b *buffer) bounds(line int) (start, end int) {
	if line+1 < len(b.lines) {
		return b.lines[line], b.lines[line+1] - 1
	}
	return b.lines[line], len(b.text)
}

// selection is what is selected; from equals to where nothing is.
func (b *buffer) selection() (from, to int) {
	if b.anchor < 0 {
		return b.cursor, b.cursor
	}
	return min(b.anchor, b.cursor), max(b.anchor, b.cursor)
}

// insert puts text in the place of what is selected.
func (b *buffer) insert(text string, typed bool) {
	from, to := b.selection()
	b.replace(from, to, text, typed)
}

// replace puts text in the place of a part of the buffer, and the cursor behind it.
func (b *buffer) replace(from, to int, text string, typed bool) {
	b.anchor = -1
	if from == to && text == "" {
		return
	}
	// A part of the text would keep the whole of it, as it was before each change.
	c := change{at: from, removed: strings.Clone(b.text[from:to]), inserted: text, cursor: b.cursor, typed: typed}
	b.apply(c.at, c.removed, c.inserted)
	b.cursor = from + len(text)
	b.redo = nil
	if last := len(b.undo) - 1; typed && last >= 0 && b.undo[last].joins(c) {
		b.undo[last].inserted += text
		return
	}
	b.undo = append(b.undo, c)
	b.forget()
}

// joins reports whether a change goes on with the word that c typed.
func (c change) joins(next change) bool {
	return c.typed && next.removed == "" && c.at+len(c.inserted) == next.at && strings.TrimSpace(next.inserted) != ""
}

// forget drops the oldest changes where they hold too much.
func (b *buffer) forget() {
	size := 0
	for i := len(b.undo) - 1; i >= 0; i-- {
		if size += changeSize + len(b.undo[i].removed) + len(b.undo[i].inserted); size > maxUndo {
			b.undo = b.undo[i+1:]
			return
		}
	}
}

func (b *buffer) apply(at int, removed, inserted string) {
	if b.marked >= 0 && at <= b.lines[b.marked] {
		gone := removed[:min(len(removed), b.lines[b.marked]-at)]
		b.marked += strings.Count(inserted, "\n") - strings.Count(gone, "\n")
	}
	b.text = b.text[:at] + inserted + b.text[at+len(removed):]
	b.index()
}

// undoLast takes the last change back; false where there is none.
func (b *buffer) undoLast() bool {
	last := len(b.undo) - 1
	if last < 0 {
		return false
	}
	c := b.undo[last]
	b.undo, b.redo = b.undo[:last], append(b.redo, c)
	b.apply(c.at, c.inserted, c.removed)
	b.cursor, b.anchor = c.cursor, -1
	return true
}

// redoLast does again what was undone last; false where nothing was.
func (b *buffer) redoLast() bool {
	last := len(b.redo) - 1
	if last < 0 {
		return false
	}
	c := b.redo[last]
	c.typed = false
	b.redo, b.undo = b.redo[:last], append(b.undo, c)
	b.apply(c.at, c.removed, c.inserted)
	b.cursor, b.anchor = c.at+len(c.inserted), -1
	return true
}

// before is the offset one character to the left, after the one to the right; each stops at the end of the text.
func (b *buffer) before(offset int) int {
	_, size := utf8.DecodeLastRuneInString(b.text[:offset])
	return offset - size
}

func (b *buffer) after(offset int) int {
	_, size := utf8.DecodeRuneInString(b.text[offset:])
	return offset + size
}

// wordLeft and wordRight are the offsets of the next start and end of a word.
func (b *buffer) wordLeft(offset int) int {
	for offset > 0 && !isWord(b.text[offset-1]) {
		offset--
	}
	for offset > 0 && isWord(b.text[offset-1]) {
		offset--
	}
	return offset
}

func (b *buffer) wordRight(offset int) int {
	for offset < len(b.text) && !isWord(b.text[offset]) {
		offset++
	}
	for offset < len(b.text) && isWord(b.text[offset]) {
		offset++
	}
	return offset
}

// isWord takes bytes outside of ASCII for letters, so that no character is cut.
func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= utf8.RuneSelf
}
