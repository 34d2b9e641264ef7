package features

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/job"
)

// The actions of the lab.
const (
	up      keymap.Action = "up"
	down    keymap.Action = "down"
	less    keymap.Action = "less"
	more    keymap.Action = "more"
	class   keymap.Action = "class"
	next    keymap.Action = "next"
	wrong   keymap.Action = "wrong"
	zero    keymap.Action = "zero"
	restart keymap.Action = "restart"
)

// Keys implements lab.Screen.
func (m *Model) Keys() keymap.Table {
	return keymap.Table{
		{Action: up, Strokes: []string{"up", "k"}, Label: "↑", Help: "feature", Main: true},
		{Action: down, Strokes: []string{"down", "j"}, Label: "↓", Help: "feature", Main: true},
		{Action: less, Strokes: []string{"left", "h"}, Label: "←", Help: "weight", Main: true},
		{Action: more, Strokes: []string{"right", "l"}, Label: "→", Help: "weight", Main: true},
		{Action: class, Strokes: []string{"tab"}, Label: "tab", Help: "class", Main: true},
		{Action: next, Strokes: []string{"n"}, Label: "n", Help: "next beat"},
		{Action: wrong, Strokes: []string{"w"}, Label: "w", Help: "wrong beat", Main: true},
		{Action: zero, Strokes: []string{"0"}, Label: "0", Help: "this weight to zero"},
		{Action: restart, Strokes: []string{"r"}, Label: "r", Help: "all weights to zero"},
	}
}

// A weight moves by weightStep between -mostWeight and mostWeight.
const (
	weightStep = 0.25
	mostWeight = 5
)

func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	action := m.Keys().Decode(msg)
	if action == "" {
		return nil
	}
	m.notice = ""
	if m.bench == nil {
		if action == restart && m.err != nil {
			m.job, m.err = job.New(), nil
			return m.Init()
		}
		m.notice = "the beats are not there yet"
		return nil
	}
	switch action {
	case up:
		m.chosen = max(m.chosen-1, 0)
	case down:
		m.chosen = min(m.chosen+1, len(m.bench.Names))
	case class:
		m.class = 1 - m.class
	case less:
		m.set(m.weights[m.class][m.chosen] - weightStep)
	case more:
		m.set(m.weights[m.class][m.chosen] + weightStep)
	case zero:
		m.set(0)
	case next:
		m.beat = (m.beat + 1) % len(m.bench.Beats)
	case wrong:
		m.nextWrong()
	case restart:
		m.weights = m.bench.NewFeatureWeights()
		m.judge()
	}
	return nil
}

// set gives the chosen weight a value.
func (m *Model) set(to float64) {
	if to < -mostWeight || to > mostWeight {
		m.notice = fmt.Sprintf("weights go from %d to %d here", -mostWeight, mostWeight)
		return
	}
	m.weights[m.class][m.chosen] = to
	m.judge()
}

// nextWrong shows the next beat that the weights classify wrong.
func (m *Model) nextWrong() {
	n := len(m.bench.Beats)
	for i := 1; i <= n; i++ {
		at := (m.beat + i) % n
		if m.bench.Predict(m.weights, at) != m.bench.Labels[at] {
			m.beat = at
			m.notice = fmt.Sprintf("this beat is %s and is taken for %s", lab.FeatureClasses()[m.bench.Labels[at]],
				lab.FeatureClasses()[m.bench.Predict(m.weights, at)])
			return
		}
	}
	m.notice = "every beat is classified right"
}
