package noisebench

import (
	"math"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/engine/noise"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/board"
)

// The actions of the lab.
const (
	weaker   keymap.Action = "weaker"
	stronger keymap.Action = "stronger"
	kind     keymap.Action = "kind"
	start    keymap.Action = "train"
	pause    keymap.Action = "pause"
	halt     keymap.Action = "stop"
	set      keymap.Action = "data"
	previous keymap.Action = "previous"
	next     keymap.Action = "next"
	restart  keymap.Action = "restart"
)

// Keys implements lab.Screen.
func (m *Model) Keys() keymap.Table {
	return keymap.Table{
		{Action: weaker, Strokes: []string{"left", "h"}, Label: "←", Help: "strength", Main: true},
		{Action: stronger, Strokes: []string{"right", "l"}, Label: "→", Help: "strength", Main: true},
		{Action: kind, Strokes: []string{"n"}, Label: "n", Help: "noise", Main: true},
		{Action: start, Strokes: []string{"t", "enter"}, Label: "t", Help: "train", Main: true},
		{Action: pause, Strokes: []string{"space"}, Label: "space", Help: "pause", Main: true},
		{Action: halt, Strokes: []string{"x"}, Label: "x", Help: "stop", Main: true},
		{Action: set, Strokes: []string{"d"}, Label: "d", Help: "data", Main: true},
		{Action: previous, Strokes: []string{"up", "k"}, Label: "↑", Help: "other examples"},
		{Action: next, Strokes: []string{"down", "j"}, Label: "↓", Help: "other examples"},
		{Action: restart, Strokes: []string{"r"}, Label: "r", Help: "restart"},
	}
}

func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	action := m.Keys().Decode(msg)
	if action == "" {
		return nil
	}
	m.notice = board.Notice{}
	switch action {
	case weaker:
		return m.setStrength(-1)
	case stronger:
		return m.setStrength(1)
	case kind:
		kinds := noise.Kinds()
		m.settings.Kind = kinds[(slices.Index(kinds, m.settings.Kind)+1)%len(kinds)]
		return m.startCompare()
	case set:
		return m.switchData()
	case previous:
		m.scroll(-1)
	case next:
		m.scroll(1)
	case start:
		m.err = nil
		return m.startTraining()
	case restart:
		return m.restart()
	case pause, halt:
		m.control(action)
	}
	return nil
}

// strengthSteps is how many steps of the slider make a strength of 1.
const strengthSteps = 20

// setStrength moves the slider to the next of its places.
func (m *Model) setStrength(by int) tea.Cmd {
	at := math.Round(m.settings.Strength*strengthSteps) + float64(by)
	strength := min(max(at/strengthSteps, lab.LeastStrength), lab.MostStrength)
	if strength == m.settings.Strength {
		m.notice.Refuse("the strength stays between 0.05 and 0.90")
		return nil
	}
	m.settings.Strength = strength
	return m.startCompare()
}

// switchData goes to the other data. A run on the data before ends, for its pictures have no place any more.
func (m *Model) switchData() tea.Cmd {
	all := lab.AllNoiseData()
	m.settings.Data = all[(slices.Index(all, m.settings.Data)+1)%len(all)]
	stop(m.train)
	m.training, m.err, m.first = training{}, nil, 0
	m.pictures = lab.PicturesEvent{}
	clear(m.measures)
	clear(m.stale)
	return tea.Batch(m.startCompare(), m.startPrepare())
}

// restart does again what failed, or trains anew.
func (m *Model) restart() tea.Cmd {
	trains := m.err == nil || m.untrained
	m.err = nil
	if trains {
		return m.startTraining()
	}
	return tea.Batch(m.startCompare(), m.startPrepare())
}

// control passes pause and stop on to the run.
func (m *Model) control(action keymap.Action) {
	tr := &m.training
	switch {
	case tr.run == nil:
		m.notice.Refuse("no denoising autoencoder is in training; t trains one for the noise shown")
	case tr.stopping:
		m.notice.Refuse("the run is stopping")
	case action == halt:
		tr.stopping, tr.paused = true, false
		tr.run.Stop()
	case tr.paused:
		tr.paused = false
		tr.run.Resume()
	default:
		tr.paused = true
		tr.run.Pause()
	}
}

// scroll shows other examples.
func (m *Model) scroll(by int) {
	if n := len(m.pictures.Clean); n > 0 {
		m.first = (m.first + by + n) % n
	}
}
