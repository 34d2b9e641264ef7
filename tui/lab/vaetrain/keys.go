package vaetrain

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/steer"
)

// The actions of the lab.
const (
	lower  keymap.Action = "lower β"
	raise  keymap.Action = "raise β"
	warmUp keymap.Action = "warm-up"
)

// Keys implements lab.Screen.
func (m *Model) Keys() keymap.Table {
	return slices.Concat(keymap.Table{
		{Action: lower, Strokes: []string{"left", "-"}, Label: "←", Help: "β", Main: true},
		{Action: raise, Strokes: []string{"right", "+", "="}, Label: "→", Help: "β", Main: true},
	}, steer.Keys(), keymap.Table{
		{Action: warmUp, Strokes: []string{"w"}, Label: "w", Help: "warm-up of the next run"},
		{Action: steer.Overlay, Strokes: []string{"o"}, Label: "o", Help: "overlay"},
	})
}

func (m *Model) handleKey(action keymap.Action) tea.Cmd {
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
	case steer.Overlay:
		m.overlay = steer.Toggle(m.overlay, m.last != nil, &m.notice)
	case raise, lower:
		m.changeBeta(action)
	case warmUp:
		m.changeWarmUp()
	case steer.Pause, steer.Step, steer.Stop:
		m.state.Pass(action, m.control, "the backend and MNIST", &m.notice)
	}
	return nil
}

// betas are the stops of the slider: equal factors, in round numbers, and 0, the plain reconstruction.
func betas() []float64 { return []float64{0, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100} }

// betaText writes a β in as few digits as it needs.
func betaText(beta float64) string { return strconv.FormatFloat(beta, 'g', 3, 64) }

func (m *Model) changeBeta(action keymap.Action) {
	stops := betas()
	at, found := slices.BinarySearch(stops, m.settings.Beta)
	switch {
	case action == lower:
		at--
	case found:
		at++
	}
	if at < 0 || at >= len(stops) {
		m.notice.Refuse("β stays between %s and %s", betaText(stops[0]), betaText(stops[len(stops)-1]))
		return
	}
	if m.state.Working() {
		if err := m.control.SetBeta(stops[at]); err != nil {
			m.notice.Refuse("%v", err)
			return
		}
	}
	m.settings.Beta, m.changed = stops[at], raise
	m.state.Announce("β is "+betaText(stops[at]), &m.notice)
}

// changeWarmUp goes to the next of a few warm-ups, as long as the run's epochs allow.
func (m *Model) changeWarmUp() {
	m.settings.WarmUp = (m.settings.WarmUp + 1) % (min(5, m.settings.Epochs) + 1)
	m.changed = warmUp
	if m.settings.WarmUp == 0 {
		m.notice.Say("no warm-up in the next run: all of β counts from its first step on; r starts it")
		return
	}
	m.notice.Say("a warm-up of %s in the next run: β grows to its value meanwhile; r starts it",
		board.Counted(m.settings.WarmUp, "epoch"))
}
