package exercise

import (
	"fmt"
	"strings"

	"github.com/aetutor/aetutor/tui/theme"
)

// viewEditor draws the editor, and below or beside it what the last check found.
func (s *Screen) viewEditor(width, height int, t theme.Theme) []string {
	if left, right, wide := beside(width - 2*margin); wide {
		s.height, s.column = height, margin+left
		code := s.editor.Lines(s.column, height, t)
		return joined(code, s.besideEditor(right, height, t), s.column, height, t)
	}
	below := s.belowEditor(width-2*margin, min(panel, height/3), t)
	s.height, s.column = height-len(below)-1, width
	lines := s.editor.Lines(width, s.height, t)
	lines = append(lines, t.Style(t.Faint).Render(strings.Repeat("─", width)))
	for _, line := range below {
		lines = append(lines, spaces(margin)+line)
	}
	return lines
}

// belowEditor tells whether the text is saved, and in short what the last check found, in at most so many lines.
func (s *Screen) belowEditor(width, most int, t theme.Theme) []string {
	lines := append(s.saveState(width, t), s.verdictLines(width, false, t)...)
	return cutShort(lines, most, t)
}

// besideEditor tells all that helps with the file: whether it is saved, what is to do, what the last check found and the
// hints in view.
func (s *Screen) besideEditor(width, most int, t theme.Theme) []string {
	lines := append(s.saveState(width, t), s.toDo(width, t)...)
	found, _ := s.findings(width, t)
	return cutShort(append(append(lines, ""), found...), most, t)
}

func cutShort(lines []string, most int, t theme.Theme) []string {
	if len(lines) <= most {
		return lines
	}
	more := fmt.Sprintf("… esc shows the rest (%d lines)", len(lines)-most+1)
	return append(lines[:most-1], t.Style(t.Muted).Render(more))
}

// saveState tells whether the text is saved, or what is to be said instead.
func (s *Screen) saveState(width int, t theme.Theme) []string {
	text, style := "saved", t.Style(t.Warning)
	switch {
	case s.editor.Notice() != "":
		text = s.editor.Notice()
	case s.notice != "" && s.notice != savedNotice:
		text = s.notice
	case s.editing.other != nil:
		text = conflictText
	default:
		if s.editor.Text() != s.text {
			text = "not saved yet"
		}
		text, style = text+"  "+s.path, t.Style(t.Muted)
	}
	lines := wrapped("", text, width)
	for i := range lines {
		lines[i] = style.Render(lines[i])
	}
	return lines
}
