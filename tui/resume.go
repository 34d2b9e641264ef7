package tui

import (
	"io"
	"time"

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
	return tea.Exec(pause{}, func(error) tea.Msg { return tea.ClearScreen() })
}

// pauseTime lets Bubble Tea's renderer come to its stop. One that is started again at once may miss the start, and the
// screen would stay as it is.
const pauseTime = 100 * time.Millisecond

// pause is a command that does nothing with the terminal for a moment.
type pause struct{}

func (pause) Run() error {
	time.Sleep(pauseTime)
	return nil
}

func (pause) SetStdin(io.Reader)  {}
func (pause) SetStdout(io.Writer) {}
func (pause) SetStderr(io.Writer) {}
