package vaetrain

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/board"
)

// The actions of the lab.
const (
	lower   keymap.Action = "lower β"
	raise   keymap.Action = "raise β"
	pause   keymap.Action = "pause"
	step    keymap.Action = "step"
	stop    keymap.Action = "stop"
	restart keymap.Action = "restart"
	warmUp  keymap.Action = "warm-up"
	overlay keymap.Action = "overlay"
)

// Keys implements lab.Screen.
func (m *Model) Keys() keymap.Table {
	return keymap.Table{
		{Action: lower, Strokes: []string{"left", "-"}, Label: "←", Help: "β", Main: true},
		{Action: raise, Strokes: []string{"right", "+", "="}, Label: "→", Help: "β", Main: true},
		{Action: pause, Strokes: []string{"space"}, Label: "space", Help: "pause", Main: true},
		{Action: step, Strokes: []string{"s"}, Label: "s", Help: "step", Main: true},
		{Action: stop, Strokes: []string{"x"}, Label: "x", Help: "stop", Main: true},
		{Action: restart, Strokes: []string{"r"}, Label: "r", Help: "restart", Main: true},
		{Action: warmUp, Strokes: []string{"w"}, Label: "w", Help: "warm-up of the next run"},
		{Action: overlay, Strokes: []string{"o"}, Label: "o", Help: "overlay"},
	}
}

func (m *Model) handleKey(action keymap.Action) tea.Cmd {
	if action == "" {
		return nil
	}
	m.notice, m.changed = board.Notice{}, ""
	switch action {
	case restart:
		if m.preparing() {
			m.notice.Refuse("the run is about to start; there is nothing to start over yet")
			return nil
		}
		return m.restart()
	case overlay:
		m.toggleOverlay()
	case raise, lower:
		m.changeBeta(action)
	case warmUp:
		m.changeWarmUp()
	case pause, step, stop:
		m.steer(action)
	}
	return nil
}

// preparing reports whether the run is not there yet.
func (m *Model) preparing() bool { return m.control == nil && !m.now.ended() }

// working reports whether the run still obeys.
func (m *Model) working() bool { return m.control != nil && !m.now.ended() && !m.stopping }

// steer passes pause, step and stop on to the run.
func (m *Model) steer(action keymap.Action) {
	switch {
	case m.now.ended():
		m.notice.Refuse("the run has ended; r starts over")
		return
	case m.preparing():
		m.notice.Refuse("the run has not started yet: the backend and MNIST are being opened")
		return
	case m.stopping:
		m.notice.Refuse("the run is stopping; r starts over")
		return
	}
	switch {
	case action == stop:
		m.stopping = true
		m.control.Stop()
	case action == step:
		m.paused = true
		m.control.Step()
	case m.paused:
		m.paused = false
		m.control.Resume()
	default:
		m.paused = true
		m.control.Pause()
	}
}

func (m *Model) toggleOverlay() {
	switch {
	case m.last == nil:
		m.notice.Refuse("there is no earlier run yet; r keeps this one and starts over")
	case m.overlay:
		m.overlay = false
		m.notice.Say("the earlier run is hidden; o shows it")
	default:
		m.overlay = true
		m.notice.Say("the earlier run is shown; o hides it")
	}
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
	if m.working() {
		if err := m.control.SetBeta(stops[at]); err != nil {
			m.notice.Refuse("%v", err)
			return
		}
	}
	m.settings.Beta, m.changed = stops[at], raise
	text := "β is " + betaText(stops[at])
	switch {
	case m.now.ended() || m.stopping:
		m.notice.Say("%s in the next run; r starts it", text)
	case m.preparing():
		m.notice.Say("%s from the first step on", text)
	default:
		m.notice.Say("%s from the next step on", text)
	}
}

// changeWarmUp goes to the next of a few warm-ups, as long as the run's epochs allow.
func (m *Model) changeWarmUp() {
	m.settings.WarmUp = (m.settings.WarmUp + 1) % (min(5, m.settings.Epochs) + 1)
	m.changed = warmUp
	if m.settings.WarmUp == 0 {
		m.notice.Say("no warm-up in the next run: all of β counts from its first step on; r starts it")
		return
	}
	m.notice.Say("a warm-up of %s epochs in the next run: β grows to its value meanwhile; r starts it", board.Thousands(m.settings.WarmUp))
}
