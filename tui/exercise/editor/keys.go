package editor

import "github.com/aetutor/aetutor/tui/keymap"

// The actions of the editor. Check, Save and Leave are obeyed by what it is part of.
const (
	Check keymap.Action = "check"
	Save  keymap.Action = "save"
	Leave keymap.Action = "leave"

	undo      keymap.Action = "undo"
	redo      keymap.Action = "redo"
	jump      keymap.Action = "go to the error"
	all       keymap.Action = "select all"
	cutLine   keymap.Action = "delete line"
	newline   keymap.Action = "new line"
	indent    keymap.Action = "indent"
	dedent    keymap.Action = "dedent"
	erase     keymap.Action = "erase"
	eraseNext keymap.Action = "erase next"
	left      keymap.Action = "left"
	right     keymap.Action = "right"
	up        keymap.Action = "up"
	down      keymap.Action = "down"
	wordLeft  keymap.Action = "word left"
	wordRight keymap.Action = "word right"
	lineStart keymap.Action = "line start"
	lineEnd   keymap.Action = "line end"
	pageUp    keymap.Action = "page up"
	pageDown  keymap.Action = "page down"
	textStart keymap.Action = "start"
	textEnd   keymap.Action = "end"
)

// Keys are the keys of the editor; every other key is text.
func Keys() keymap.Table {
	return keymap.Table{
		{Action: Leave, Strokes: []string{"esc"}, Label: "esc", Help: "leave", Main: true},
		{Action: Check, Strokes: []string{"ctrl+r", "f5"}, Label: "ctrl+r", Help: "check", Main: true},
		{Action: Save, Strokes: []string{"ctrl+s"}, Label: "ctrl+s", Help: "save", Main: true},
		{Action: undo, Strokes: []string{"ctrl+z"}, Label: "ctrl+z", Help: "undo, redo", Main: true},
		{Action: redo, Strokes: []string{"ctrl+y"}, Label: "ctrl+y", Help: "undo, redo", Main: true},
		{Action: all, Strokes: []string{"ctrl+a"}, Label: "ctrl+a", Help: "select all", Main: true},
		{Action: jump, Strokes: []string{"ctrl+g"}, Label: "ctrl+g", Help: "to the error"},
		{Action: cutLine, Strokes: []string{"ctrl+k"}, Label: "ctrl+k", Help: "delete the line"},
		{Action: newline, Strokes: []string{"enter"}, Label: "enter", Help: "new line"},
		{Action: indent, Strokes: []string{"tab"}, Label: "tab", Help: "indent"},
		{Action: dedent, Strokes: []string{"shift+tab"}, Label: "shift+tab", Help: "indent"},
		{Action: erase, Strokes: []string{"backspace", "ctrl+h"}, Label: "backspace", Help: "erase"},
		{Action: eraseNext, Strokes: []string{"delete", "ctrl+d"}, Label: "delete", Help: "erase"},
		{Action: left, Strokes: []string{"left"}, Label: "←", Help: "move"},
		{Action: right, Strokes: []string{"right"}, Label: "→", Help: "move"},
		{Action: up, Strokes: []string{"up"}, Label: "↑", Help: "move"},
		{Action: down, Strokes: []string{"down"}, Label: "↓", Help: "move"},
		{Action: wordLeft, Strokes: []string{"ctrl+left", "alt+left"}, Label: "ctrl+left", Help: "move by a word"},
		{Action: wordRight, Strokes: []string{"ctrl+right", "alt+right"}, Label: "ctrl+right", Help: "move by a word"},
		{Action: lineStart, Strokes: []string{"home"}, Label: "home", Help: "start or end of the line"},
		{Action: lineEnd, Strokes: []string{"end", "ctrl+e"}, Label: "end", Help: "start or end of the line"},
		{Action: pageUp, Strokes: []string{"pgup"}, Label: "pgup", Help: "move by a screen"},
		{Action: pageDown, Strokes: []string{"pgdown"}, Label: "pgdn", Help: "move by a screen"},
		{Action: textStart, Strokes: []string{"ctrl+home"}, Label: "ctrl+home", Help: "start or end of the file"},
		{Action: textEnd, Strokes: []string{"ctrl+end"}, Label: "ctrl+end", Help: "start or end of the file"},
	}
}
