package exercise

import (
	"slices"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/theme"
)

// list is all exercises, one of them chosen.
type list struct {
	chosen, top, height int
}

func newList(all []exercises.Exercise, open exercises.Exercise) *list {
	at := slices.IndexFunc(all, func(e exercises.Exercise) bool { return e.Name == open.Name })
	return &list{chosen: max(at, 0), height: 1}
}

func (s *Screen) pressList(action keymap.Action) tea.Cmd {
	l := s.list
	switch action {
	case actionUp:
		l.chosen--
	case actionDown:
		l.chosen++
	case actionPageUp:
		l.chosen -= l.height
	case actionPageDown:
		l.chosen += l.height
	case actionLeave:
		s.list = nil
	case actionOpen:
		s.list = nil
		if e := s.all[l.chosen]; e.Name != s.exercise.Name {
			return s.turnTo(e)
		}
	}
	l.chosen = min(max(l.chosen, 0), len(s.all)-1)
	return nil
}

// lines draws the list with the chosen exercise in view.
func (l *list) lines(s *Screen, width, height int, t theme.Theme) []string {
	l.height = height
	l.top = min(max(l.top, l.chosen-height+1, 0), l.chosen)
	accent, muted := t.Style(t.Accent), t.Style(t.Muted)
	var lines []string
	for i := l.top; i < min(l.top+height, len(s.all)); i++ {
		e := s.all[i]
		mark, word := statusMark(s.record.Status(e.Name))
		text := ansi.Truncate("  "+mark+" "+Label(e)+"  "+e.Name, width-10, "…")
		style := muted
		if i == l.chosen {
			text, style = "▸"+text[1:], accent
		}
		gap := width - 6 - ansi.StringWidth(text)
		lines = append(lines, style.Render(text+spaces(gap)+word))
	}
	return lines
}

// statusMark is how far an exercise is, as a sign and as a word.
func statusMark(s progress.ExerciseStatus) (mark, word string) {
	switch {
	case s.Passed:
		return "✓", "pass"
	case s.Seen:
		return "○", "seen"
	case s.Status == progress.Fail:
		return "✗", "fail"
	default:
		return "·", "todo"
	}
}
