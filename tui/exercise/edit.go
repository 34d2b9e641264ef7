package exercise

import (
	"fmt"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/tui/exercise/editor"
	"github.com/aetutor/aetutor/tui/keymap"
)

// autosaveTime is how long what is typed may wait to be saved.
const autosaveTime = 3 * time.Second

// editing is what the editor of the screen waits for.
type editing struct {
	saving   bool // a text is being saved
	waiting  bool // an autosaveMsg is on its way
	leaves   bool // once all is saved, the editor closes
	checks   bool // once all is saved, a check starts
	failed   bool // the last save did not succeed
	lastTime bool // leaving was asked for again after saving failed
}

// saver saves texts in the order in which they were typed, also when their commands run in another.
type saver struct {
	bench Workbench

	mu    sync.Mutex
	turns int
	last  int // the latest that was saved
}

// turn is the place of a text in that order.
func (v *saver) turn() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.turns++
	return v.turns
}

// save saves a text unless a later one was saved.
func (v *saver) save(e exercises.Exercise, text string, turn int) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if turn < v.last {
		return nil
	}
	err := v.bench.Save(e, text)
	if err == nil {
		v.last = turn
	}
	return err
}

// editMsg says how the file is edited, and brings it.
type editMsg struct {
	editing    Editing
	text, path string
	err        error
}

// editedMsg tells that an editor of the learner's own ended.
type editedMsg struct{ err error }

// savedMsg tells that a text was saved, or why not.
type savedMsg struct {
	text string
	err  error
}

// autosaveMsg comes when what was typed has waited long enough.
type autosaveMsg struct{}

// resetMsg tells that the file is as it was written.
type resetMsg struct {
	backup string
	err    error
}

func (s *Screen) edit() tea.Cmd {
	s.notice = "Opening the file …"
	ctx, bench, e := s.ctx, s.bench, s.exercise
	return s.about(func() tea.Msg {
		how, err := bench.Edit(ctx, e)
		if err != nil {
			return editMsg{err: err}
		}
		text, path, err := bench.Source(e)
		return editMsg{how, text, path, err}
	})
}

func (s *Screen) handleEdit(msg editMsg) tea.Cmd {
	if msg.err != nil {
		s.notice = fmt.Sprintf("The file cannot be opened: %v", msg.err)
		return nil
	}
	s.notice, s.path = msg.editing.Note, msg.path
	s.adopt(msg.text)
	if command := msg.editing.Command; command != nil {
		opened := s.opened
		return tea.Batch(s.watch(), tea.ExecProcess(command, func(err error) tea.Msg { return about{opened, editedMsg{err}} }))
	}
	if why := editor.Refused(msg.text); why != "" {
		s.notice = fmt.Sprintf("It cannot be edited here: %s. Set $EDITOR to edit it elsewhere, or r puts it back as it was.", why)
		return s.watch()
	}
	s.editor, s.editing = editor.New(msg.text), editing{}
	s.text = s.editor.Text()
	s.editor.Seek("TODO")
	s.markError()
	return s.watch()
}

// adopt takes over the file as it now is, and reports whether that is another text.
func (s *Screen) adopt(text string) bool {
	changed := text != s.text
	s.text = text
	s.stale = s.stale || changed
	return changed
}

func (s *Screen) pressEditor(msg tea.KeyPressMsg) tea.Cmd {
	switch s.editor.Press(msg) {
	case editor.Leave:
		// Where saving does not succeed, leaving twice leaves all the same: nobody is to be kept in.
		s.editing.lastTime = s.editing.failed
		s.editing.leaves = true
		return s.saveThen()
	case editor.Check:
		s.editing.checks = true
		return s.saveThen()
	case editor.Save:
		if s.editor.Text() == s.text {
			s.notice = "Saved."
			return nil
		}
		return s.save()
	}
	return s.touched()
}

// touched sees to it that what was typed is saved before long.
func (s *Screen) touched() tea.Cmd {
	if s.editor.Text() == s.text || s.editing.waiting {
		return nil
	}
	s.editing.waiting = true
	ctx := s.ctx
	return s.about(func() tea.Msg {
		timer := time.NewTimer(autosaveTime)
		defer timer.Stop()
		select {
		case <-timer.C:
			return autosaveMsg{}
		case <-ctx.Done():
			return nil
		}
	})
}

// save saves what was typed, one text at a time.
func (s *Screen) save() tea.Cmd {
	if s.editor == nil || s.editing.saving || s.editor.Text() == s.text {
		return nil
	}
	s.editing.saving = true
	saver, e, text, turn := s.saver, s.exercise, s.editor.Text(), s.saver.turn()
	return s.about(func() tea.Msg { return savedMsg{text, saver.save(e, text, turn)} })
}

// saveThen goes on with what waits for all to be saved, or saves first.
func (s *Screen) saveThen() tea.Cmd {
	if s.editor.Text() != s.text {
		return s.save()
	}
	var cmd tea.Cmd
	if s.editing.checks {
		cmd = s.startCheck()
	}
	if s.editing.leaves {
		s.editor = nil
	}
	s.editing.checks, s.editing.leaves = false, false
	return cmd
}

func (s *Screen) handleSaved(msg savedMsg) tea.Cmd {
	s.editing.saving = false
	s.editing.failed = msg.err != nil
	if s.editor == nil {
		return nil
	}
	if msg.err != nil {
		if s.editing.leaves && s.editing.lastTime {
			s.editor = nil
		}
		s.editing.checks, s.editing.leaves = false, false
		s.notice = fmt.Sprintf("Not saved: %v", msg.err)
		return nil
	}
	s.adopt(msg.text)
	s.notice = "Saved."
	if s.editing.checks || s.editing.leaves {
		return s.saveThen()
	}
	return s.touched()
}

// answer does what the learner agreed to.
func (s *Screen) answer(action keymap.Action) tea.Cmd {
	switch action {
	case actionYes:
		s.question = nothing
		bench, e := s.bench, s.exercise
		return s.about(func() tea.Msg {
			backup, err := bench.Reset(e)
			return resetMsg{backup, err}
		})
	case actionNo:
		s.question = nothing
		s.notice = "Nothing was changed."
	}
	return nil
}

func (s *Screen) handleReset(msg resetMsg) tea.Cmd {
	switch {
	case msg.err != nil:
		s.notice = fmt.Sprintf("The file was not put back: %v", msg.err)
	case msg.backup != "":
		s.notice = fmt.Sprintf("The file is as it was. Yours is kept as %s.", msg.backup)
	default:
		s.notice = "The file is as it was."
	}
	return s.read(onReset)
}
