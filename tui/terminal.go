package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/theme"
)

// handleTerminal learns from what the terminal tells of itself how to draw on it.
func (m model) handleTerminal(msg tea.Msg) (model, tea.Cmd) {
	var ask tea.Cmd
	m.told = m.told.With(msg)
	switch msg := msg.(type) {
	case tea.EnvMsg:
		if theme.MayHaveGraphics(msg.Getenv("TERM")) {
			ask = tea.RequestTerminalVersion
		}
	case resumedMsg:
		ask = tea.Batch(retakeTerminal(), m.awaitResumption())
	case tea.TerminalVersionMsg:
		if m.graphics == nil && theme.HasGraphics(msg.Name) {
			m.graphics = theme.NewGraphics()
		}
	}
	return m.themed(), ask
}
