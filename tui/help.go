package tui

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/exercise"
	"github.com/aetutor/aetutor/tui/keymap"
)

// helpSection is a part of the help: a screen and its keys.
type helpSection struct {
	title string
	keys  keymap.Table
}

// helpSections are the tables that decode the keys of the screen under the help.
func (m model) helpSections() []helpSection {
	under := m
	under.help = false
	title := "Reading"
	if m.lab != nil {
		title = "In this lab"
	}
	if m.Exercise() != "" {
		title = "In this exercise"
	}
	sections := []helpSection{{title, under.focused()}}
	if m.Exercise() != "" {
		// There every key but ctrl+c is text, so the help on it is here.
		sections = append(sections, helpSection{"In the editor of the screen", exercise.EditorKeys()})
	}
	return append(sections, helpSection{"Everywhere", everywhere()})
}

func (m model) helpLines() []string {
	sections := m.helpSections()
	column := 0
	for _, s := range sections {
		for _, g := range s.keys.Groups() {
			column = max(column, ansi.StringWidth(strokes(g)))
		}
	}
	bold, accent := lipgloss.NewStyle().Bold(true), m.theme.Style(m.theme.Accent)
	var lines []string
	for i, s := range sections {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, bold.Render(s.title))
		for _, g := range s.keys.Groups() {
			text := strokes(g)
			pad := strings.Repeat(" ", column-ansi.StringWidth(text)+keyLineGap)
			lines = append(lines, "  "+accent.Render(text)+pad+g.Help)
		}
	}
	muted := m.theme.Style(m.theme.Muted)
	return append(lines, "", muted.Render("The mouse works too: the wheel scrolls, a click does what it points at."))
}

// strokes names all keystrokes of a group: "← h p   → l n".
func strokes(g keymap.Group) string {
	names := make([]string, len(g.Keys))
	for i, k := range g.Keys {
		names[i] = k.AllStrokes()
	}
	return strings.Join(names, strings.Repeat(" ", keyLineGap))
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
