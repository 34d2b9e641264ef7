package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/exercise"
	"github.com/aetutor/aetutor/tui/handover"
)

// pasteTime is how long a paste may take. All that a terminal sends until a paste ends is part of it, so where the end got
// lost on the way, no key would do anything any more. The largest file that can be edited comes over a slow line in less.
const pasteTime = 10 * time.Second

// pasting is the paste that is on its way.
type pasting struct {
	since   time.Time // zero without one
	waiting bool      // a pasteLateMsg is on its way, of which there is one at a time
}

// pasteLateMsg comes when a paste may have taken too long.
type pasteLateMsg struct{}

func (m model) handlePasteStart() (model, tea.Cmd) {
	m.pasting.since = time.Now()
	return m.awaitPaste()
}

func (m model) handlePasteEnd() model {
	m.pasting.since = time.Time{}
	return m
}

// awaitPaste looks after the paste once it has had its time.
func (m model) awaitPaste() (model, tea.Cmd) {
	if m.pasting.waiting {
		return m, nil
	}
	m.pasting.waiting = true
	return m, tea.Tick(time.Until(m.pasting.since.Add(pasteTime)), func(time.Time) tea.Msg { return pasteLateMsg{} })
}

// handlePasteLate gives a paste up that does not end: a new reader of the terminal's input knows nothing of it.
func (m model) handlePasteLate() (model, tea.Cmd) {
	m.pasting.waiting = false
	switch since := m.pasting.since; {
	case since.IsZero():
		return m, nil
	case time.Since(since) < pasteTime: // It is a later one.
		return m.awaitPaste()
	}
	m.pasting.since = time.Time{}
	const notice = "A paste did not end and is left out. Paste again."
	m.notice = notice
	if open, isExercise := m.lab.(*exercise.Screen); isExercise {
		open.Tell(notice)
	}
	return m, tea.Exec(handover.Renew(), nil)
}
