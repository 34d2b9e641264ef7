package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/handover"
)

// resumedMsg tells that the program goes on after it was stopped.
type resumedMsg struct{}

// awaitResumption waits until the program goes on after it was stopped.
func (m model) awaitResumption() tea.Cmd {
	resumed := m.options.Resumed
	if resumed == nil {
		return nil
	}
	return func() tea.Msg {
		if _, open := <-resumed; !open {
			return nil
		}
		return resumedMsg{}
	}
}

// retakeTerminal sets the terminal up and draws all anew: the shell that had it meanwhile has written on it, and has its
// own modes. An editor that has the terminal is waited for.
func retakeTerminal() tea.Cmd {
	return tea.Exec(handover.Renew(), func(error) tea.Msg { return tea.ClearScreen() })
}
