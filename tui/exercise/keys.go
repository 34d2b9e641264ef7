package exercise

import (
	"fmt"

	"github.com/aetutor/aetutor/tui/exercise/editor"
	"github.com/aetutor/aetutor/tui/keymap"
)

const (
	actionEdit     keymap.Action = "edit"
	actionCheck    keymap.Action = "check"
	actionHint     keymap.Action = "hint"
	actionSolution keymap.Action = "solution"
	actionReset    keymap.Action = "reset"
	actionNext     keymap.Action = "next"
	actionList     keymap.Action = "list"
	actionUp       keymap.Action = "up"
	actionDown     keymap.Action = "down"
	actionPageUp   keymap.Action = "page up"
	actionPageDown keymap.Action = "page down"
	actionOpen     keymap.Action = "open"
	actionLeave    keymap.Action = "leave"
	actionYes      keymap.Action = "yes"
	actionNo       keymap.Action = "no"
	actionMine     keymap.Action = "keep mine"
	actionOther    keymap.Action = "take the other"
)

// Keys implements lab.Screen.
func (s *Screen) Keys() keymap.Table {
	switch {
	case s.question != nothing:
		return questionKeys()
	case s.list != nil:
		return listKeys()
	case s.editor != nil && s.editing.other != nil:
		return conflictKeys()
	case s.editor != nil:
		return editor.Keys()
	}
	next := min(s.record.Hints(s.exercise.Name)+1, len(s.exercise.Hints))
	return keymap.Table{
		{Action: actionEdit, Strokes: []string{"e"}, Label: "e", Help: "edit", Main: true},
		{Action: actionCheck, Strokes: []string{"c", "enter"}, Label: "c", Help: "check", Main: true},
		{
			Action: actionHint, Strokes: []string{"h"}, Label: "h", Main: true,
			Help: fmt.Sprintf("hint (%d of %d)", next, len(s.exercise.Hints)),
		},
		{Action: actionNext, Strokes: []string{"n"}, Label: "n", Help: "next", Main: true},
		{Action: actionList, Strokes: []string{"l"}, Label: "l", Help: "list", Main: true},
		{Action: actionSolution, Strokes: []string{"s"}, Label: "s", Help: "solution", Main: true},
		{Action: actionReset, Strokes: []string{"r"}, Label: "r", Help: "reset", Main: true},
		{Action: actionUp, Strokes: []string{"up", "k"}, Label: "↑", Help: "scroll by a line"},
		{Action: actionDown, Strokes: []string{"down", "j"}, Label: "↓", Help: "scroll by a line"},
		{Action: actionPageUp, Strokes: []string{"pgup", "ctrl+u"}, Label: "pgup", Help: "scroll by a screen"},
		{Action: actionPageDown, Strokes: []string{"pgdown", "ctrl+d", "space"}, Label: "pgdn", Help: "scroll by a screen"},
	}
}

// EditorKeys are the keys of the editor, for the help.
func EditorKeys() keymap.Table { return editor.Keys() }

func questionKeys() keymap.Table {
	return keymap.Table{
		{Action: actionYes, Strokes: []string{"y"}, Label: "y", Help: "yes", Main: true},
		{Action: actionNo, Strokes: []string{"n", "esc"}, Label: "n", Help: "no", Main: true},
	}
}

func listKeys() keymap.Table {
	return keymap.Table{
		{Action: actionUp, Strokes: []string{"up", "k"}, Label: "↑", Help: "choose", Main: true},
		{Action: actionDown, Strokes: []string{"down", "j"}, Label: "↓", Help: "choose", Main: true},
		{Action: actionPageUp, Strokes: []string{"pgup"}, Label: "pgup", Help: "choose by a screen"},
		{Action: actionPageDown, Strokes: []string{"pgdown"}, Label: "pgdn", Help: "choose by a screen"},
		{Action: actionOpen, Strokes: []string{"enter"}, Label: "enter", Help: "open", Main: true},
		{Action: actionLeave, Strokes: []string{"esc", "l", "q"}, Label: "esc", Help: "back", Main: true},
	}
}
