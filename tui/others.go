package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"
)

// lookAroundEvery is how often an open lab looks whether others work beside it. What is said of them then stays for so
// long, though labs may begin and end meanwhile.
const lookAroundEvery = 2 * time.Second

// othersMsg has the open lab look around.
type othersMsg struct{}

// lookAround brings the next othersMsg, where there may be others.
func (m model) lookAround() tea.Cmd {
	if m.options.Others == nil {
		return nil
	}
	return m.labCmd(tea.Tick(lookAroundEvery, func(time.Time) tea.Msg { return othersMsg{} }))
}

// sharing says why a lab may be slower than alone.
func sharing(others int) string {
	if others == 1 {
		return "takes turns with 1 other lab"
	}
	return fmt.Sprintf("takes turns with %d other labs", others)
}
