package exercise

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/exercise/editor"
	"github.com/aetutor/aetutor/tui/keymap"
)

// conflictText is said while the file and the editor hold different texts and neither may be thrown away.
const conflictText = "The file was changed elsewhere and is not saved. ctrl+s puts your text in its place, ctrl+o takes the " +
	"other; ctrl+z then goes back. esc leaves and keeps your text beside the file."

// keptMsg tells that a text was put beside the file, or why not.
type keptMsg struct {
	path string
	err  error
}

// conflictKeys are those of the editor that mean something else while the learner has to choose.
func conflictKeys() keymap.Table {
	return keymap.Table{
		{Action: actionMine, Strokes: []string{"ctrl+s"}, Label: "ctrl+s", Help: "keep yours", Main: true},
		{Action: actionOther, Strokes: []string{"ctrl+o"}, Label: "ctrl+o", Help: "take the other", Main: true},
		{Action: actionLeave, Strokes: []string{"esc"}, Label: "esc", Help: "leave", Main: true},
	}
}

// meetOther handles a file that was changed elsewhere while it is edited here. What was typed is never thrown away.
func (s *Screen) meetOther(text string) {
	mine := s.editor.Text()
	switch {
	case s.editing.saving: // The save looks at the file itself.
	case editor.Same(text, s.text):
		s.editing.other = nil
	case editor.Same(text, mine):
		s.settle(mine)
	case mine == s.text && editor.Refused(text) == "":
		s.editor.Replace(text)
		s.settle(s.editor.Text())
		s.notice = "The file was changed elsewhere, and is read again; ctrl+z brings back what was here."
	default:
		s.editing.other = &text
	}
}

// settle takes over what the file is now known to hold.
func (s *Screen) settle(text string) {
	s.editing.other = nil
	s.adopt(text)
	s.saver.expect(text)
}

// choose does what the learner chose. chosen is false for a key that has its usual meaning.
func (s *Screen) choose(action keymap.Action) (cmd tea.Cmd, chosen bool) {
	other := *s.editing.other
	// What cannot be edited here cannot be shown or brought back by an undo either, and stays where it is.
	refused := editor.Refused(other) != ""
	switch {
	case action == actionMine && !refused:
		s.editor.Override(other)
		s.settle(other)
		return s.save(), true
	case action == actionOther && !refused:
		s.editor.Replace(other)
		s.settle(s.editor.Text())
		return nil, true
	case action == actionMine || action == actionOther:
		s.notice = fmt.Sprintf("What stands in the file cannot be edited here: %s. esc leaves and keeps your text beside it.",
			editor.Refused(other))
		return nil, true
	case action == actionLeave:
		if s.editing.lastTime {
			s.editor = nil
			return s.read(onChange), true
		}
		bench, e, text := s.bench, s.exercise, s.editor.Text()
		return s.about(func() tea.Msg {
			path, err := bench.Keep(e, text)
			return keptMsg{path, err}
		}), true
	}
	return nil, false
}

// handleKept leaves the editor, whose text is now beside the file.
func (s *Screen) handleKept(msg keptMsg) tea.Cmd {
	if msg.err != nil {
		s.editing.failed = true
		s.notice = fmt.Sprintf("Your text was not kept: %v. esc again leaves without it.", msg.err)
		return nil
	}
	s.editor = nil
	s.notice = fmt.Sprintf("The file is as it was changed elsewhere. Your text is kept as %s.", msg.path)
	return s.read(onChange)
}
