package tui

import (
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/keymap"
)

// keyLineGap parts the keys of the key line.
const keyLineGap = 2

// keyLine is the groups of keys that the key line shows: those of the focused screen that fit, and always those that
// lead out and to the help.
func (m model) keyLine(width int) []keymap.Group {
	fixed := m.always()
	own := m.focused().Main()
	if m.lab != nil && !m.help {
		own = m.lab.Keys().Main()
		if !m.typing() {
			// The way back stays in view even when the lab has many keys.
			fixed = append(inLab(), fixed...)
		}
	}
	groups, always := own.Groups(), fixed.Groups()
	for len(groups) > 0 && keyLineWidth(groups)+keyLineWidth(always)-keyLineGap > width {
		groups = groups[:len(groups)-1]
	}
	return append(groups, always...)
}

// keyLineWidth counts a gap behind each group.
func keyLineWidth(groups []keymap.Group) int {
	width := 0
	for _, g := range groups {
		width += keyLineGap + ansi.StringWidth(g.Help)
		for _, k := range g.Keys {
			width += ansi.StringWidth(k.Label) + 1
		}
	}
	return width
}

// drawKeyLine shows the keys that matter here. A click on a key does what it does; a click on the words beside it too,
// where only one key stands before them.
func (m model) drawKeyLine(c *canvas, area rect) {
	accent, muted := m.theme.Style(m.theme.Accent), m.theme.Style(m.theme.Muted)
	x := 2
	for _, g := range m.keyLine(area.width() - x) {
		for _, k := range g.Keys {
			end := x + ansi.StringWidth(k.Label)
			c.put(rect{x, area.y0, end, area.y1}, accent.Render(k.Label))
			if len(k.Strokes) > 0 && oneMeaning(k) {
				clickable := end
				if len(g.Keys) == 1 {
					clickable = end + 1 + ansi.StringWidth(g.Help)
				}
				c.onClick(rect{x, area.y0, clickable, area.y1}, keymap.Press(k.Strokes[0]))
			}
			x = end + 1
		}
		end := x + ansi.StringWidth(g.Help)
		c.put(rect{x, area.y0, end, area.y1}, muted.Render(g.Help))
		x = end + keyLineGap
	}
}

// oneMeaning reports whether all strokes of a key do the same: a click on "a b c" would not say which answer.
func oneMeaning(k keymap.Key) bool {
	return k.Action != actionAnswer && k.Action != actionLesson
}
