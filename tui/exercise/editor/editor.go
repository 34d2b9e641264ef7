package editor

import (
	"fmt"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/keymap"
)

// Editor is a text being edited. Like every model it changes only in an update.
type Editor struct {
	buffer    buffer
	goal      int // the cell that the cursor keeps to over lines of different lengths, -1 for where it is
	top, side int // the first line in view, and the first cell of the cursor's line
	height    int // lines, as last drawn
	notice    string
	coloured  colours
}

// colours are the classes of a version of the text.
type colours struct {
	version int
	of      []class
}

// New edits a text, which Refused must not refuse.
func New(text string) *Editor {
	text, _ = clean(text)
	return &Editor{buffer: newBuffer(text), goal: -1, height: 1}
}

// Text is the text as it is now.
func (e *Editor) Text() string { return e.buffer.text }

// Replace puts a text, which Refused must not refuse, in the place of the whole. It can be undone.
func (e *Editor) Replace(text string) {
	text, _ = clean(text)
	cursor := min(e.buffer.cursor, len(text))
	for cursor > 0 && cursor < len(text) && !utf8.RuneStart(text[cursor]) {
		cursor--
	}
	e.buffer.replace(0, len(e.buffer.text), text, false)
	e.moveTo(cursor, false)
}

// Override keeps the text in the place of another that the file holds, which an undo brings.
func (e *Editor) Override(other string) {
	mine, cursor := e.Text(), e.buffer.cursor
	e.Replace(other)
	e.Replace(mine)
	e.moveTo(cursor, false)
}

// Same reports whether an editor of one text would hold the other's characters.
func Same(a, b string) bool {
	a, _ = clean(a)
	b, _ = clean(b)
	return a == b
}

// Notice is what is to be said of the last key, "" for nothing.
func (e *Editor) Notice() string { return e.notice }

// MarkError marks a line, from 1, as the one with a mistake; 0 marks none. Jump goes there.
func (e *Editor) MarkError(line int) { e.buffer.marked = min(line, len(e.buffer.lines)) - 1 }

// Jump goes to the line with the mistake, if one is marked.
func (e *Editor) Jump() {
	if e.buffer.marked < 0 {
		e.notice = "No line is marked; a check that ends in an error of the compiler marks one."
		return
	}
	start, end := e.buffer.bounds(e.buffer.marked)
	blank := len(e.buffer.text[start:end]) - len(strings.TrimLeft(e.buffer.text[start:end], "\t "))
	e.moveTo(start+blank, false)
}

// Paste puts what the terminal pastes in the place of what is selected.
func (e *Editor) Paste(text string) {
	e.notice, e.goal = "", -1
	e.paste(text)
}

// Press handles a key. It returns the actions that what the editor is part of obeys, Check, Save and Leave, else "".
func (e *Editor) Press(msg tea.KeyPressMsg) keymap.Action {
	e.notice = ""
	unshifted, extend := msg, false
	action := Keys().Decode(msg)
	if action == "" && msg.Mod&tea.ModShift != 0 {
		unshifted.Mod &^= tea.ModShift
		if moved := Keys().Decode(unshifted); isMove(moved) {
			action, extend = moved, true
		}
	}
	switch {
	case action == Check || action == Save || action == Leave:
		return action
	case isMove(action):
		e.move(action, extend)
		return ""
	}
	e.goal = -1
	switch action {
	case "":
		if text, _ := clean(msg.Text); text != "" && e.fits(len(text)) {
			e.typed(text)
		}
	default:
		e.edit(action)
	}
	return ""
}

// fits says whether so many more bytes have room, and tells the learner where they have not.
func (e *Editor) fits(size int) bool {
	from, to := e.buffer.selection()
	if len(e.buffer.text)-(to-from)+size <= MaxSize {
		return true
	}
	e.notice = fmt.Sprintf("The file is full: it may have %d KiB.", MaxSize>>10)
	return false
}

// typed inserts a character. A brace that closes a block steps back to where the block began.
func (e *Editor) typed(text string) {
	b := &e.buffer
	if from, to := b.selection(); text == "}" && from == to {
		start, _ := b.bounds(b.line(b.cursor))
		if before := b.text[start:b.cursor]; strings.HasSuffix(before, "\t") && strings.Trim(before, "\t") == "" {
			b.replace(b.cursor-1, b.cursor, text, false)
			return
		}
	}
	b.insert(text, true)
}

func (e *Editor) edit(action keymap.Action) {
	b := &e.buffer
	from, to := b.selection()
	switch action {
	case undo:
		if !b.undoLast() {
			e.notice = "There is nothing to undo."
		}
	case redo:
		if !b.redoLast() {
			e.notice = "There is nothing to do again."
		}
	case jump:
		e.Jump()
	case all:
		b.anchor, b.cursor = 0, len(b.text)
	case cutLine:
		start, end := b.bounds(b.line(b.cursor))
		b.replace(start, min(end+1, len(b.text)), "", false)
	case newline:
		if text := "\n" + e.indentation(); e.fits(len(text)) {
			b.insert(text, false)
		}
	case indent:
		if strings.Contains(b.text[from:to], "\n") {
			e.indentLines()
		} else if e.fits(1) {
			b.insert("\t", true)
		}
	case dedent:
		e.dedentLines()
	case erase:
		if from == to {
			from = b.before(from)
		}
		b.replace(from, to, "", false)
	case eraseNext:
		if from == to {
			to = b.after(to)
		}
		b.replace(from, to, "", false)
	}
}

// indentation is what a new line at the cursor begins with: what its own line begins with, and a tab in a block or list
// that is opened there.
func (e *Editor) indentation() string {
	b := &e.buffer
	at, _ := b.selection()
	start, _ := b.bounds(b.line(at))
	before := b.text[start:at]
	own := before[:len(before)-len(strings.TrimLeft(before, "\t "))]
	if rest := strings.TrimRight(before, "\t "); rest != "" && strings.ContainsAny(rest[len(rest)-1:], "{([:") {
		own += "\t"
	}
	return own
}
