package race

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
)

// The actions of the lab.
const (
	smaller keymap.Action = "smaller"
	larger  keymap.Action = "larger"
	begin   keymap.Action = "begin"
	restart keymap.Action = "restart"
)

// Keys implements lab.Screen.
func (m *Model) Keys() keymap.Table {
	return keymap.Table{
		{Action: smaller, Strokes: []string{"left", "h"}, Label: "←", Help: "predict", Main: true},
		{Action: larger, Strokes: []string{"right", "l"}, Label: "→", Help: "predict", Main: true},
		{Action: begin, Strokes: []string{"enter"}, Label: "enter", Help: "race", Main: true},
		{Action: restart, Strokes: []string{"r"}, Label: "r", Help: "back to the prediction", Main: true},
	}
}

func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	action := m.Keys().Decode(msg)
	if action == "" {
		return nil
	}
	m.notice = ""
	switch action {
	case smaller:
		m.predict(-1)
	case larger:
		m.predict(1)
	case begin:
		if m.phase == racing {
			m.notice = "the race is on; r stops it"
			return nil
		}
		return m.begin()
	case restart:
		m.reset()
	}
	return nil
}

// reset throws the measured points away.
func (m *Model) reset() {
	m.job.Stop()
	m.phase, m.points, m.crossover, m.err = predicting, nil, 0, nil
	m.judge(lab.RaceTask(m.prediction, 0, false))
}

// predict takes the next size up or down.
func (m *Model) predict(by int) {
	if m.phase == racing {
		m.notice = "a prediction is made before the race; r stops it"
		return
	}
	if m.phase == finished {
		m.reset()
	}
	sizes := lab.RaceSizes()
	at := slices.Index(sizes, m.prediction) + by
	if at < 0 || at >= len(sizes) {
		m.notice = "sizes go from " + strconv.Itoa(sizes[0]) + " to " + strconv.Itoa(sizes[len(sizes)-1])
		return
	}
	m.prediction = sizes[at]
	m.judge(lab.RaceTask(m.prediction, 0, false))
}
