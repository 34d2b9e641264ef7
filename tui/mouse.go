package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/page"
)

func (m model) handleMouse(msg tea.MouseMsg) (model, tea.Cmd) {
	if m.tooSmall() {
		return m, nil
	}
	mouse := msg.Mouse()
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		if msg.Button != tea.MouseLeft {
			break
		}
		if hit, ok := m.frame.at(mouse.X, mouse.Y); ok {
			m.notice = ""
			return m.handle(hit.message(mouse.X, mouse.Y))
		}
	case tea.MouseWheelMsg:
		if m.help || m.lab == nil {
			return m.handleWheel(msg), nil
		}
	}
	if m.lab == nil || m.help {
		return m, nil
	}
	return m.updateLab(m.inLabArea(msg))
}

func (m model) handleWheel(msg tea.MouseWheelMsg) model {
	lines := 0
	switch msg.Button {
	case tea.MouseWheelUp:
		lines = -wheelLines
	case tea.MouseWheelDown:
		lines = wheelLines
	default: // wheels that turn sideways
	}
	switch {
	case m.help:
		m.helpTop += lines
	case m.finder != nil:
		return m.withFinder(m.finder.Move(lines / wheelLines))
	case len(m.readers) > 0:
		return m.withReader(m.readers[m.current].Scroll(lines))
	}
	return m
}

// withReader replaces the open page. The slice is copied, for earlier models share it.
func (m model) withReader(r page.Reader) model {
	m.readers = slices.Clone(m.readers)
	m.readers[m.current] = r
	return m
}
