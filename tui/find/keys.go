package find

import "github.com/aetutor/aetutor/tui/keymap"

const (
	actionOpen     keymap.Action = "open"
	actionUp       keymap.Action = "up"
	actionDown     keymap.Action = "down"
	actionPageUp   keymap.Action = "page up"
	actionPageDown keymap.Action = "page down"
	actionLeave    keymap.Action = "leave"
	actionErase    keymap.Action = "erase"
	actionClear    keymap.Action = "clear"
)

// Keys are the keys of a list; every other one types.
func Keys() keymap.Table {
	return keymap.Table{
		{Action: actionUp, Strokes: []string{"up"}, Label: "↑", Help: "choose", Main: true},
		{Action: actionDown, Strokes: []string{"down"}, Label: "↓", Help: "choose", Main: true},
		{Action: actionOpen, Strokes: []string{"enter"}, Label: "enter", Help: "open the page", Main: true},
		{Action: actionLeave, Strokes: []string{"esc"}, Label: "esc", Help: "back", Main: true},
		{Action: actionPageUp, Strokes: []string{"pgup"}, Label: "pgup", Help: "choose further", Main: true},
		{Action: actionPageDown, Strokes: []string{"pgdown"}, Label: "pgdn", Help: "choose further", Main: true},
		{Action: actionErase, Strokes: []string{"backspace"}, Label: "backspace", Help: "erase a letter"},
		{Action: actionClear, Strokes: []string{"ctrl+u"}, Label: "ctrl+u", Help: "erase all"},
	}
}
