package exercise

import (
	"errors"
	"fmt"
	"os/exec"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/exercise/editor"
	"github.com/aetutor/aetutor/tui/handover"
	"github.com/aetutor/aetutor/tui/keymap"
)

// autosaveTime is how long what is typed may wait to be saved.
const autosaveTime = 3 * time.Second

// savedNotice is for the screen without the editor; in the editor it is always told whether all is saved.
const savedNotice = "Saved."

// editing is what the editor of the screen waits for.
type editing struct {
	saving   bool    // a text is being saved
	waiting  bool    // an autosaveMsg is on its way
	leaves   bool    // once all is saved, the editor closes
	checks   bool    // once all is saved, a check starts
	failed   bool    // the editor was to close, and saving did not succeed
	lastTime bool    // right after that it is to close again, and does so whether saving succeeds or not
	quits    bool    // the program was to end, and saving did not succeed
	other    *string // what others put into the file, until the learner chose between the two; else nil
}

// editMsg says how the file is edited, and brings it.
type editMsg struct {
	editing    Editing
	text, path string
	err        error
}

// editedMsg tells that an editor of the learner's own ended; choice is why it was this one.
type editedMsg struct {
	choice string
	err    error
}

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
	s.notice, s.opening = "Opening the file …", true
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
	s.opening = false
	if msg.err != nil {
		s.notice = fmt.Sprintf("The file cannot be opened: %v", msg.err)
		return nil
	}
	s.notice, s.path = msg.editing.Note, msg.path
	s.adopt(msg.text)
	if command := msg.editing.Command; command != nil {
		opened, choice := s.opened, msg.editing.Choice
		ended := func(err error) tea.Msg { return about{opened, editedMsg{choice, err}} }
		return tea.Batch(s.watch(), tea.Exec(handover.To(command), ended))
	}
	if why := editor.Refused(msg.text); why != "" {
		s.notice = fmt.Sprintf("It cannot be edited here: %s. Edit it elsewhere, or r puts it back as it was.", why)
		return s.watch()
	}
	s.editor, s.editing = editor.New(msg.text), editing{}
	s.text = s.editor.Text()
	s.saver.expect(s.text)
	s.editor.Seek("TODO")
	s.markError()
	return s.watch()
}

// handleEdited tells what became of an editor of the learner's own, and looks at what it saved.
func (s *Screen) handleEdited(msg editedMsg) tea.Cmd {
	if msg.err != nil {
		s.notice = editorTrouble(msg)
	}
	return s.read(onChange)
}

// editorTrouble says what is wrong with an editor. A shell ends with 126 or 127 where it cannot start a command.
func editorTrouble(msg editedMsg) string {
	exit := new(exec.ExitError)
	if errors.As(msg.err, &exit) && exit.ExitCode() != 126 && exit.ExitCode() != 127 {
		return fmt.Sprintf("The editor ended with an error (%v). %s.", msg.err, msg.choice)
	}
	return fmt.Sprintf("The editor cannot be started: %s. Set VISUAL or EDITOR to one that is installed, or unset both to "+
		"edit here.", msg.choice)
}

// adopt takes over the file as it now is, and reports whether that is another text.
func (s *Screen) adopt(text string) bool {
	changed := text != s.text
	s.text = text
	s.stale = s.stale || changed
	return changed
}

func (s *Screen) pressEditor(msg tea.KeyPressMsg) tea.Cmd {
	s.editing.lastTime, s.editing.failed = s.editing.failed, false
	if s.editing.other != nil {
		if cmd, chosen := s.choose(conflictKeys().Decode(msg)); chosen {
			return cmd
		}
	}
	switch s.editor.Press(msg) {
	case editor.Leave:
		// Where saving does not succeed, leaving twice leaves all the same: nobody is to be kept in.
		s.editing.leaves = true
		return s.saveThen()
	case editor.Check:
		s.editing.checks = true
		return s.saveThen()
	case editor.Save:
		return s.saveThen()
	}
	return s.touched()
}

// touched sees to it that what was typed is saved before long.
func (s *Screen) touched() tea.Cmd {
	if s.editor.Text() == s.text || s.editing.waiting || s.editing.other != nil {
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

// save saves what was typed, unless the learner has to choose first.
func (s *Screen) save() tea.Cmd {
	if s.editor == nil || s.editing.other != nil || s.editor.Text() == s.text {
		return nil
	}
	return s.saveThen()
}

// saveThen saves, one text at a time, and then goes on with what waits for it. The file may be gone or changed by others,
// so it is looked at also where nothing was typed.
func (s *Screen) saveThen() tea.Cmd {
	if s.editing.saving {
		return nil
	}
	s.editing.saving = true
	saver, e, text, turn := s.saver, s.exercise, s.editor.Text(), s.saver.turn()
	return s.about(func() tea.Msg { return savedMsg{text, saver.save(e, text, turn)} })
}

func (s *Screen) handleSaved(msg savedMsg) tea.Cmd {
	s.editing.saving = false
	changed := new(changedError)
	isChanged := errors.As(msg.err, changed)
	switch {
	case s.editor == nil:
		return nil
	case isChanged:
		s.editing.checks, s.editing.leaves = false, false
		s.meetOther(changed.text)
		return nil
	case msg.err != nil:
		s.notSaved(msg.err)
		return nil
	}
	s.adopt(msg.text)
	s.notice, s.editing.failed = savedNotice, false
	switch {
	case s.editor.Text() == s.text:
		return s.saved()
	case s.editing.checks || s.editing.leaves:
		return s.saveThen()
	}
	return s.touched()
}

// keepTyped saves what was typed, beside the file where the learner did not choose between it and what others put there.
func (s *Screen) keepTyped() error {
	if s.editor == nil || s.editor.Text() == s.text && s.editing.other == nil {
		return nil
	}
	err := s.saver.save(s.exercise, s.editor.Text(), s.saver.turn())
	if errors.As(err, new(changedError)) {
		_, err = s.bench.Keep(s.exercise, s.editor.Text())
	}
	return err
}

// Quit saves what was typed and reports whether the program may end. Where saving does not succeed it says so and may
// not, until it is asked a second time.
func (s *Screen) Quit() bool {
	err := s.keepTyped()
	if err != nil && !s.editing.quits {
		s.editing.quits = true
		s.notice = fmt.Sprintf("Not saved: %v. ctrl+s tries again, ctrl+c quits without saving.", err)
		return false
	}
	s.editor = nil
	return true
}

// notSaved tells why, and closes the editor where that was asked for twice.
func (s *Screen) notSaved(err error) {
	leaves := s.editing.leaves
	s.editing.checks, s.editing.leaves, s.editing.failed = false, false, leaves || s.editing.failed
	switch {
	case leaves && s.editing.lastTime:
		s.editor = nil
		s.notice = fmt.Sprintf("Left without saving: %v.", err)
	case s.editing.failed:
		s.notice = fmt.Sprintf("Not saved: %v. ctrl+s tries again, esc leaves without saving.", err)
	default:
		s.notice = fmt.Sprintf("Not saved: %v. ctrl+s tries again.", err)
	}
}

// saved does what waited for all to be saved.
func (s *Screen) saved() tea.Cmd {
	var cmd tea.Cmd
	if s.editing.checks {
		cmd = s.startCheck()
	}
	if s.editing.leaves {
		s.editor, s.notice = nil, ""
	}
	s.editing.checks, s.editing.leaves = false, false
	return cmd
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
