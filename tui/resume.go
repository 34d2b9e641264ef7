package tui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
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

// redrawAll draws all anew, since whoever had the terminal meanwhile has written on it. A shell turns pasting off besides.
func redrawAll() tea.Cmd { return tea.Batch(tea.ClearScreen, tea.Raw(ansi.SetModeBracketedPaste)) }
