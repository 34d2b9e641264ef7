package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/theme"
)

// handleTerminal learns from what the terminal tells of itself how to draw on it.
func (m model) handleTerminal(msg tea.Msg) (model, tea.Cmd) {
	var ask tea.Cmd
	switch msg := msg.(type) {
	case tea.BackgroundColorMsg:
		m.background = theme.Light
		if msg.IsDark() {
			m.background = theme.Dark
		}
	case tea.ColorProfileMsg:
		m.profile = msg.Profile
	case tea.EnvMsg:
		// The convention of no-color.org: any value that is not empty counts, so also ones that are no boolean.
		m.noColor = msg.Getenv("NO_COLOR") != ""
		m.calm.on = m.calm.on || theme.ReducedMotion(msg.Getenv(theme.ReducedMotionVariable))
		if m.background == theme.Unknown {
			m.background = theme.BackgroundOf(msg.Getenv("COLORFGBG"))
		}
		if theme.MayHaveGraphics(msg.Getenv("TERM")) {
			ask = tea.RequestTerminalVersion
		}
	case tea.TerminalVersionMsg:
		if m.graphics == nil && theme.HasGraphics(msg.Name) {
			m.graphics = theme.NewGraphics()
		}
	}
	return m.themed(), ask
}
