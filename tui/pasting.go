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

// pasteLateMsg comes when a paste has taken too long.
type pasteLateMsg struct{ ended chan struct{} }

func (m model) handlePasting(msg tea.Msg) (model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.PasteStartMsg:
		m = m.withoutPaste()
		m.pasteEnded = make(chan struct{})
		return m, lateAfter(m.pasteEnded)
	case tea.PasteMsg:
		return m.handlePaste(msg)
	case tea.PasteEndMsg:
		return m.withoutPaste(), nil
	case pasteLateMsg:
		if msg.ended == m.pasteEnded {
			return m.givePasteUp()
		}
	}
	return m, nil
}

func (m model) withoutPaste() model {
	if m.pasteEnded != nil {
		close(m.pasteEnded)
	}
	m.pasteEnded = nil
	return m
}

// lateAfter waits until a paste has taken too long, or ended.
func lateAfter(ended chan struct{}) tea.Cmd {
	return func() tea.Msg {
		late := time.NewTimer(pasteTime)
		defer late.Stop()
		select {
		case <-late.C:
			return pasteLateMsg{ended}
		case <-ended:
			return nil
		}
	}
}

// givePasteUp has the terminal's input read anew, by a reader that knows nothing of the paste.
func (m model) givePasteUp() (model, tea.Cmd) {
	const notice = "A paste did not end and is left out. Paste again."
	m.notice = notice
	if open, isExercise := m.lab.(*exercise.Screen); isExercise {
		open.Tell(notice)
	}
	return m.withoutPaste(), tea.Exec(handover.Renew(), nil)
}
