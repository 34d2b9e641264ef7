package latentmap

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/board"
)

// The actions of the lab.
const (
	left        keymap.Action = "left"
	right       keymap.Action = "right"
	up          keymap.Action = "up"
	down        keymap.Action = "down"
	nextClass   keymap.Action = "next class"
	moreVoters  keymap.Action = "one more neighbour"
	fewerVoters keymap.Action = "one neighbour fewer"
	smaller     keymap.Action = "a smaller code"
	larger      keymap.Action = "a larger code"
	interpolate keymap.Action = "interpolate"
	wrong       keymap.Action = "next wrong one"
	otherMap    keymap.Action = "the other map"
	restart     keymap.Action = "restart"
)

// Keys implements lab.Screen.
func (m *Model) Keys() keymap.Table {
	return keymap.Table{
		{Action: left, Strokes: []string{"left"}, Label: "←", Help: "move", Main: true},
		{Action: right, Strokes: []string{"right"}, Label: "→", Help: "move", Main: true},
		{Action: up, Strokes: []string{"up"}, Label: "↑", Help: "move", Main: true},
		{Action: down, Strokes: []string{"down"}, Label: "↓", Help: "move", Main: true},
		{Action: moreVoters, Strokes: []string{"+", "="}, Label: "+", Help: "k", Main: true},
		{Action: fewerVoters, Strokes: []string{"-"}, Label: "−", Help: "k", Main: true},
		{Action: smaller, Strokes: []string{"["}, Label: "[", Help: "code", Main: true},
		{Action: larger, Strokes: []string{"]"}, Label: "]", Help: "code", Main: true},
		{Action: interpolate, Strokes: []string{"i"}, Label: "i", Help: "between", Main: true},
		{Action: nextClass, Strokes: []string{"tab"}, Label: "tab", Help: "class", Main: true},
		{Action: wrong, Strokes: []string{"w"}, Label: "w", Help: "wrong", Main: true},
		{Action: otherMap, Strokes: []string{"p"}, Label: "p", Help: "map of pixels or of codes"},
		{Action: restart, Strokes: []string{"r"}, Label: "r", Help: "restart"},
	}
}

func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	action := m.Keys().Decode(msg)
	if action == "" {
		return nil
	}
	m.notice = board.Notice{}
	m.changed = nothing
	switch action {
	case restart:
		m.pixels = view{}
		return m.restart()
	case moreVoters, fewerVoters:
		m.changeVoters(action)
		return nil
	case smaller, larger:
		return m.changeLatent(action)
	}
	if m.shown().plane.Queries == nil {
		m.notice.Refuse("there is no map yet")
		return nil
	}
	switch action {
	case nextClass:
		return m.goToNextClass()
	case interpolate:
		return m.togglePath()
	case wrong:
		return m.goToNextWrong()
	case otherMap:
		m.toggleMap()
	default:
		return m.move(action)
	}
	return nil
}

func (m *Model) changeVoters(action keymap.Action) {
	k := m.settings.K + 1
	if action == fewerVoters {
		k = m.settings.K - 1
	}
	if k < 1 || k > lab.MostNeighbors {
		m.notice.Refuse("k stays between 1 and %d", lab.MostNeighbors)
		return
	}
	m.settings.K, m.changed = k, ofK
	m.reached = m.Task().Reached
}

func (m *Model) changeLatent(action keymap.Action) tea.Cmd {
	sizes := lab.LatentSizes()
	at := slices.Index(sizes, m.settings.Latent) + 1
	if action == smaller {
		at -= 2
	}
	if at < 0 || at >= len(sizes) {
		m.notice.Refuse("the code has between %d and %d values here", sizes[0], sizes[len(sizes)-1])
		return nil
	}
	m.settings.Latent, m.changed = sizes[at], ofLatent
	return m.restart()
}

func (m *Model) toggleMap() {
	switch {
	case m.pixels.plane.Queries == nil || m.latent.plane.Queries == nil:
		m.notice.Refuse("there is only one map yet")
	case m.showPixels:
		m.showPixels = false
	default:
		m.showPixels = true
	}
}
