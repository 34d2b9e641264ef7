package fewlabels

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/board"
)

// The actions of the lab.
const (
	fewer   keymap.Action = "fewer"
	more    keymap.Action = "more"
	pause   keymap.Action = "pause"
	halt    keymap.Action = "stop"
	restart keymap.Action = "restart"
)

// Keys implements lab.Screen.
func (m *Model) Keys() keymap.Table {
	return keymap.Table{
		{Action: fewer, Strokes: []string{"left", "h"}, Label: "←", Help: "your prediction", Main: true},
		{Action: more, Strokes: []string{"right", "l"}, Label: "→", Help: "your prediction", Main: true},
		{Action: pause, Strokes: []string{"space"}, Label: "space", Help: "pause", Main: true},
		{Action: halt, Strokes: []string{"x"}, Label: "x", Help: "stop", Main: true},
		{Action: restart, Strokes: []string{"r"}, Label: "r", Help: "restart", Main: true},
	}
}

func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	action := m.Keys().Decode(msg)
	if action == "" {
		return nil
	}
	m.notice = board.Notice{}
	switch action {
	case fewer:
		m.moveGuess(-1)
	case more:
		m.moveGuess(1)
	case restart:
		return m.restart()
	case pause, halt:
		m.control(action)
	}
	return nil
}

// guesses are the places of the mark.
func guesses() []float64 {
	return []float64{1, 1.5, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500}
}

// moveGuess moves the mark, as long as the answer is not on the screen.
func (m *Model) moveGuess(by int) {
	if _, crossed := m.crossover(); crossed || m.state == ended {
		m.notice.Refuse("the curves have told the answer; r starts over with other labelled digits")
		return
	}
	all := guesses()
	at, found := slices.BinarySearch(all, m.settings.Guess)
	if !found && by > 0 {
		at--
	}
	if at += by; by != 0 && at >= 0 && at < len(all) {
		m.settings.Guess = all[at]
	}
}

// restart draws other labelled digits for the same pretrained encoder.
func (m *Model) restart() tea.Cmd {
	if m.state == ended && m.err == nil {
		m.settings.Draw++
	}
	return m.start()
}

// control obeys pause and stop.
func (m *Model) control(action keymap.Action) {
	switch {
	case m.state == stopped || m.state == ended:
		m.notice.Refuse("there is no work going on; r starts over")
	case action == halt:
		m.state = stopped
		m.job.Stop()
	case m.state == paused:
		m.state = working
		m.gate.Open()
	default:
		m.state = paused
		m.gate.Shut()
	}
}
