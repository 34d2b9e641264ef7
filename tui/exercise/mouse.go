package exercise

import tea "charm.land/bubbletea/v2"

// wheelLines is how far a notch of the wheel scrolls.
const wheelLines = 3

// click does what stands at a cell.
func (s *Screen) click(x, y int) tea.Cmd {
	switch {
	case s.list != nil:
		if at := s.list.top + y - 1; y > 0 && at < len(s.all) {
			s.list.chosen = at
			return s.pressList(actionOpen)
		}
	case s.editor != nil && y < s.height && x < s.column:
		s.editor.Click(x, y)
	}
	return nil
}

func (s *Screen) wheel(button tea.MouseButton) {
	var lines int
	switch button {
	case tea.MouseWheelUp:
		lines = -wheelLines
	case tea.MouseWheelDown:
		lines = wheelLines
	default: // wheels that turn sideways
		return
	}
	switch {
	case s.list != nil:
		s.list.chosen = min(max(s.list.chosen+lines/wheelLines, 0), len(s.all)-1)
	case s.editor != nil:
		s.editor.Scroll(lines)
	default:
		s.top = min(max(s.top+lines, 0), max(s.length-s.height, 0))
	}
}
