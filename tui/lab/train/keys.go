package train

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/steer"
)

// The actions of the lab.
const (
	faster  keymap.Action = "raise the learning rate"
	slower  keymap.Action = "lower the learning rate"
	smaller keymap.Action = "halve the batch"
	larger  keymap.Action = "double the batch"
	data    keymap.Action = "data"
)

// Keys implements lab.Screen.
func (m *Model) Keys() keymap.Table {
	keys := append(steer.Keys(), keymap.Table{
		{Action: faster, Strokes: []string{"+", "="}, Label: "+", Help: "raise the learning rate"},
		{Action: slower, Strokes: []string{"-"}, Label: "-", Help: "lower the learning rate"},
		{Action: smaller, Strokes: []string{"["}, Label: "[", Help: "halve the batch"},
		{Action: larger, Strokes: []string{"]"}, Label: "]", Help: "double the batch"},
		{Action: steer.Overlay, Strokes: []string{"o"}, Label: "o", Help: "overlay", Main: true},
	}...)
	if m.other != nil {
		keys = slices.Insert(keys, len(keys)-1, keymap.Key{Action: data, Strokes: []string{"d"}, Label: "d", Help: "data", Main: true})
	}
	return keys
}

func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	action := m.Keys().Decode(msg)
	if action == "" {
		return nil
	}
	m.notice, m.changed = board.Notice{}, ""
	switch action {
	case steer.Restart:
		if m.state.Preparing() {
			m.notice.Refuse("the run is about to start; there is nothing to start over yet")
			return nil
		}
		return m.restart()
	case data:
		if m.state.Preparing() { // A run that was never started could not be waited for.
			m.notice.Refuse("the run is about to start; d changes the data once it has")
			return nil
		}
		return m.switchData()
	case steer.Overlay:
		m.overlay = steer.Toggle(m.overlay, m.last != nil, &m.notice)
	case faster, slower:
		m.changeLearningRate(action)
	case smaller, larger:
		m.changeBatchSize(action)
	case steer.Pause, steer.Step, steer.Stop:
		m.state.Pass(action, m.prepared.Run, "the backend and "+m.dataName(), &m.notice)
	}
	return nil
}

// dataName is what is learned, for a sentence.
func (m *Model) dataName() string {
	if m.settings.Own() {
		return "your table"
	}
	return "MNIST"
}

// learningRates are the steps of the keys + and -: equal factors, in round numbers.
func learningRates() []float64 {
	return []float64{1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2,
		0.1, 0.2, 0.5, 1, 2, 5, 10}
}

func (m *Model) changeLearningRate(action keymap.Action) {
	rates := learningRates()
	at, found := slices.BinarySearch(rates, m.settings.LearningRate)
	switch {
	case action == slower:
		at--
	case found:
		at++
	}
	if at < 0 || at >= len(rates) {
		m.notice.Refuse("the learning rate stays between %s and %s", board.Scientific(rates[0]), board.Scientific(rates[len(rates)-1]))
		return
	}
	m.apply(faster, "the learning rate is "+board.Scientific(rates[at]), func() error {
		if m.state.Working() {
			if err := m.prepared.Run.SetLearningRate(rates[at]); err != nil {
				return err
			}
		}
		m.settings.LearningRate = rates[at]
		return nil
	})
}

// largestBatch is where doubling ends. Above it the steps of an epoch of MNIST become too few to learn from.
const largestBatch = 4096

func (m *Model) changeBatchSize(action keymap.Action) {
	size := m.settings.BatchSize * 2
	if action == smaller {
		size = m.settings.BatchSize / 2
	}
	if size < 1 || size > largestBatch {
		m.notice.Refuse("the batch stays between 1 and %s examples", board.Thousands(largestBatch))
		return
	}
	m.apply(larger, "the batch is "+board.Counted(size, "example"), func() error {
		if m.state.Working() {
			if err := m.prepared.Run.SetBatchSize(size); err != nil {
				return err
			}
		}
		m.settings.BatchSize = size
		return nil
	})
}

// apply changes a setting, which marks it as changed, and says from when on it holds.
func (m *Model) apply(setting keymap.Action, text string, change func() error) {
	if err := change(); err != nil {
		m.notice.Refuse("%v", err)
		return
	}
	m.changed = setting
	m.state.Announce(text, &m.notice)
}
