package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"
)

// lookAroundEvery is how often an open lab looks whether others work beside it. What is said of them then stays for so
// long, though labs may begin and end meanwhile.
const lookAroundEvery = 2 * time.Second

// othersMsg has the open lab look around. One for a lab that was closed is dropped.
type othersMsg struct{ generation int }

// lookAround brings the next othersMsg, where there may be others.
func (m model) lookAround() tea.Cmd {
	if m.options.Others == nil {
		return nil
	}
	msg := othersMsg{m.generation}
	return tea.Tick(lookAroundEvery, func(time.Time) tea.Msg { return msg })
}

func (m model) handleOthers(msg othersMsg) (model, tea.Cmd) {
	if m.lab == nil || msg.generation != m.generation {
		return m, nil
	}
	m.others = m.options.Others()
	return m, m.lookAround()
}

// sharing says why a lab may be slower than alone.
func sharing(others int) string {
	if others == 1 {
		return "takes turns with 1 other lab"
	}
	return fmt.Sprintf("takes turns with %d other labs", others)
}
