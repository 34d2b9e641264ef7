package tui

import (
	"fmt"

	"github.com/aetutor/aetutor/tui/exercise"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/widget"
)

// helpSections are the tables that decode the keys of the screen under the help.
func (m model) helpSections() []widget.KeySection {
	under := m
	under.help = false
	title := "Reading"
	if m.lab != nil {
		title = "In this lab"
	}
	if m.Exercise() != "" {
		title = "In this exercise"
	}
	sections := []widget.KeySection{{Title: title, Keys: under.focused()}}
	if m.Exercise() != "" {
		// There every key but ctrl+c is text, so the help on it is here.
		sections = append(sections, widget.KeySection{Title: "In the editor of the screen", Keys: exercise.EditorKeys()})
	}
	return append(sections, widget.KeySection{Title: "Everywhere", Keys: keymap.Everywhere(actionHelp, actionQuit)})
}

func (m model) helpLines() []string {
	lines := widget.KeyHelp(m.helpSections(), m.theme)
	muted := m.theme.Style(m.theme.Muted)
	return append(lines, "", muted.Render("The mouse works too: the wheel scrolls, a click does what it points at."))
}

// drawHelp shows all keys in place of the screen that they belong to; that screen's work goes on.
func (m model) drawHelp(c *canvas, at layout) model {
	area := rect{2, at.page.y0, at.lab.x1, at.page.y1}
	lines := m.helpLines()
	m.helpTop = min(max(m.helpTop, 0), max(len(lines)-area.height(), 0))
	muted := m.theme.Style(m.theme.Muted)
	if m.helpTop > 0 {
		c.put(rect{area.x0, at.above.y0, area.x1, at.above.y1}, muted.Render(fmt.Sprintf("↑ %d more", m.helpTop)))
	}
	c.put(area, lines[m.helpTop:]...)
	if below := len(lines) - m.helpTop - area.height(); below > 0 {
		c.put(rect{area.x0, at.below.y0, area.x1, at.below.y1}, muted.Render(fmt.Sprintf("↓ %d more", below)))
	}
	return m
}
