package tui

import (
	"io"

	tea "charm.land/bubbletea/v2"
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
// own modes. Handing it to a command that does nothing is the one way to that which waits for an editor that has it.
func retakeTerminal() tea.Cmd {
	return tea.Exec(nothing{}, func(error) tea.Msg { return tea.ClearScreen() })
}

// nothing is a command that does nothing with the terminal.
type nothing struct{}

func (nothing) Run() error          { return nil }
func (nothing) SetStdin(io.Reader)  {}
func (nothing) SetStdout(io.Writer) {}
func (nothing) SetStderr(io.Writer) {}
