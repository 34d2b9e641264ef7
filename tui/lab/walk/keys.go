package walk

import (
	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/keymap"
)

// The actions of the lab.
const (
	left    keymap.Action = "left"
	right   keymap.Action = "right"
	up      keymap.Action = "up"
	down    keymap.Action = "down"
	middle  keymap.Action = "middle"
	compare keymap.Action = "compare"
	grid    keymap.Action = "grid"
	samples keymap.Action = "samples"
	toMap   keymap.Action = "map"
	restart keymap.Action = "restart"
)

// Keys implements lab.Screen.
func (m *Model) Keys() keymap.Table {
	return keymap.Table{
		{Action: left, Strokes: []string{"left", "h"}, Label: "←", Help: "move", Main: true},
		{Action: right, Strokes: []string{"right", "l"}, Label: "→", Help: "move", Main: true},
		{Action: up, Strokes: []string{"up", "k"}, Label: "↑", Help: "move", Main: true},
		{Action: down, Strokes: []string{"down", "j"}, Label: "↓", Help: "move", Main: true},
		{Action: compare, Strokes: []string{"c"}, Label: "c", Help: "one or both", Main: true},
		{Action: grid, Strokes: []string{"g"}, Label: "g", Help: "grid", Main: true},
		{Action: samples, Strokes: []string{"n"}, Label: "n", Help: "samples", Main: true},
		{Action: toMap, Strokes: []string{"m"}, Label: "m", Help: "map", Main: true},
		{Action: middle, Strokes: []string{"0", "home"}, Label: "0", Help: "go to the middle"},
		{Action: restart, Strokes: []string{"r"}, Label: "r", Help: "try again after a failure"},
	}
}

func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	action := m.Keys().Decode(msg)
	if action == "" {
		return nil
	}
	m.notice = ""
	if action == restart {
		if m.err == nil {
			m.notice = "nothing failed, so there is nothing to try again"
			return nil
		}
		return m.restart()
	}
	if m.opened == nil {
		m.notice = "the models are not ready yet"
		return nil
	}
	switch action {
	case left:
		return m.move(-1, 0)
	case right:
		return m.move(1, 0)
	case up:
		return m.move(0, 1)
	case down:
		return m.move(0, -1)
	case middle:
		m.at, m.view = [2]float64{}, onMap
		return m.decode()
	case compare:
		m.shown = (m.shown + 1) % 3
	case toMap:
		m.view = onMap
	case grid:
		if m.view == onGrid {
			m.view = onMap
		} else {
			m.view = onGrid
		}
	case samples:
		if m.view == onSamples {
			m.seed++
		}
		m.view = onSamples
		return m.decode()
	}
	return nil
}
