package builder

import (
	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/board"
)

// The actions of the lab.
const (
	up       keymap.Action = "up"
	down     keymap.Action = "down"
	fewer    keymap.Action = "fewer units"
	more     keymap.Action = "more units"
	add      keymap.Action = "add"
	remove   keymap.Action = "delete"
	bend     keymap.Action = "activation"
	moveUp   keymap.Action = "move up"
	moveDown keymap.Action = "move down"
	makeCode keymap.Action = "make it the code"
	train    keymap.Action = "train"
	stop     keymap.Action = "stop"
)

// Keys implements lab.Screen.
func (m *Model) Keys() keymap.Table {
	return keymap.Table{
		{Action: up, Strokes: []string{"up"}, Label: "↑", Help: "layer", Main: true},
		{Action: down, Strokes: []string{"down"}, Label: "↓", Help: "layer", Main: true},
		{Action: fewer, Strokes: []string{"left"}, Label: "←", Help: "units", Main: true},
		{Action: more, Strokes: []string{"right"}, Label: "→", Help: "units", Main: true},
		{Action: add, Strokes: []string{"a"}, Label: "a", Help: "add", Main: true},
		{Action: remove, Strokes: []string{"d"}, Label: "d", Help: "delete", Main: true},
		{Action: train, Strokes: []string{"enter"}, Label: "enter", Help: "train", Main: true},
		{Action: bend, Strokes: []string{"r"}, Label: "r", Help: "relu …", Main: true},
		{Action: moveUp, Strokes: []string{"K"}, Label: "K", Help: "move"},
		{Action: moveDown, Strokes: []string{"J"}, Label: "J", Help: "move"},
		{Action: makeCode, Strokes: []string{"c"}, Label: "c", Help: "make the layer the code"},
		{Action: stop, Strokes: []string{"x"}, Label: "x", Help: "stop the trial"},
	}
}

func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	action := m.Keys().Decode(msg)
	if action == "" {
		return nil
	}
	m.notice = board.Notice{}
	switch action {
	case train:
		return m.train()
	case stop:
		if m.job == nil {
			m.notice.Refuse("nothing trains now; enter trains the stack")
			return nil
		}
		m.giveUp()
		m.notice.Say("stopped; enter trains again")
	case up:
		m.selectLayer(-1)
	case down:
		m.selectLayer(1)
	case fewer:
		m.changeUnits(-1)
	case more:
		m.changeUnits(1)
	default:
		m.edit(action)
	}
	return nil
}

// edit changes the layers.
func (m *Model) edit(action keymap.Action) {
	switch action {
	case add:
		m.add()
	case remove:
		m.remove()
	case bend:
		m.bend()
	case moveUp:
		m.swap(-1)
	case moveDown:
		m.swap(1)
	case makeCode:
		m.makeCode()
	}
}
