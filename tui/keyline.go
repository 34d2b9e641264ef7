package tui

import (
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/widget"
)

// drawKeyLine shows the keys that matter here: those of the focused screen that fit, and always those that lead out and
// to the help. A click on a key does what it does.
func (m model) drawKeyLine(c *canvas, area rect) {
	fixed := m.always()
	own := m.focused().Main()
	if m.lab != nil && !m.help {
		own = m.lab.Keys().Main()
		if !m.typing() {
			// The way back stays in view even when the lab has many keys.
			fixed = append(inLab(), fixed...)
		}
	}
	line, spans := widget.KeyLine(own, fixed, area.width(), m.theme)
	c.put(area, line)
	for _, s := range spans {
		if oneMeaning(s.Key) {
			c.onClick(rect{area.x0 + s.Start, area.y0, area.x0 + s.End, area.y1}, keymap.Press(s.Key.Strokes[0]))
		}
	}
}

// oneMeaning reports whether all strokes of a key do the same: a click on "a b c" would not say which answer.
func oneMeaning(k keymap.Key) bool {
	return k.Action != actionAnswer && k.Action != actionLesson
}
