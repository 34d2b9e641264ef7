package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// stillness is how long the screen stays as it is where motion is reduced, whatever a lab does meanwhile.
const stillness = time.Second

// calm is what reduced motion needs to remember.
type calm struct {
	drawn   time.Time // when a lab changed the screen by itself last
	waiting bool      // a redrawMsg is on its way
}

// redrawMsg asks for the frame that was put off.
type redrawMsg struct{}

// shown draws the frame after a message. Where motion is reduced, what a lab does by itself is drawn at most once in
// stillness: the lab's state goes on, and the command brings the time to draw it. What the learner does shows at once.
func (m model) shown(msg tea.Msg) (model, tea.Cmd) {
	switch msg.(type) {
	case labMsg, redrawMsg:
	default:
		return m.drawn(), nil
	}
	if !m.told.ReducedMotion || m.lab == nil {
		return m.drawn(), nil
	}
	now := time.Now()
	if wait := stillness - now.Sub(m.calm.drawn); wait > 0 {
		if m.calm.waiting {
			return m, nil
		}
		m.calm.waiting = true
		return m, tea.Tick(wait, func(time.Time) tea.Msg { return redrawMsg{} })
	}
	m.calm.drawn = now
	return m.drawn(), nil
}
