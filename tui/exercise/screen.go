package exercise

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/exercises/record"
	work "github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/exercise/editor"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/page"
)

// question is what the screen waits for an answer to.
type question int

const (
	nothing question = iota
	mayReset
)

// Screen is an exercise on the screen.
type Screen struct {
	all    []exercises.Exercise
	bench  Workbench
	record *record.Record
	saver  *saver

	exercise exercises.Exercise
	ctx      context.Context // of the open exercise
	cancel   context.CancelFunc
	opened   int // counts opened exercises; messages about earlier ones are dropped

	text, path string // the file as it was read or saved last
	watching   bool
	check      check
	verdict    *exercises.Verdict // of the last check; nil before one
	trouble    string             // why there is no verdict, "" where there is none to tell of
	stale      bool               // the file changed since that check
	hints      int                // how many are in view
	solution   bool               // it is in view
	question   question
	notice     string

	opening bool           // the file is being opened for the learner to edit
	editor  *editor.Editor // nil while nobody edits here
	editing editing
	list    *list // nil while it is not open

	prose  page.Text
	top    int    // of the lines of the screen, the first in view
	bring  string // the section to bring into view
	length int    // of the lines, as last drawn
	height int    // lines in view, as last drawn
	column int    // cells of the editor, as last drawn
}

// Options is what a Screen is made of.
type Options struct {
	Exercises []exercises.Exercise
	Workbench Workbench
	Record    *record.Record // what the learner did so far; the screen adds to it
}

// New is the screen of an exercise.
func New(o Options, e exercises.Exercise) *Screen {
	s := &Screen{all: o.Exercises, bench: o.Workbench, record: o.Record, cancel: func() {}}
	s.saver = &saver{bench: o.Workbench}
	s.begin(e)
	return s
}

// begin turns to an exercise.
func (s *Screen) begin(e exercises.Exercise) {
	s.cancel()
	s.opened++
	*s = Screen{
		all: s.all, bench: s.bench, record: s.record, saver: s.saver, opened: s.opened,
		exercise: e, text: string(e.Source), check: check{round: s.check.round + 1}, height: s.height,
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
}

// Init implements lab.Screen: it reads the learner's file and follows it.
func (s *Screen) Init() tea.Cmd { return tea.Batch(s.read(onOpen), s.watch()) }

// Close implements lab.Screen. What was typed is saved.
func (s *Screen) Close() {
	s.cancel()
	_ = s.keepTyped() // Who leaves by a key was told by Quit; else the terminal is gone, and nobody is there to tell.
}

// Task implements lab.Screen. An exercise's task is its check.
func (s *Screen) Task() work.Task { return work.Task{} }

// Title implements lab.Screen.
func (s *Screen) Title() string { return "exercise  " + Label(s.exercise) }

// Label is how an exercise is named: "2.3 The loss".
func Label(e exercises.Exercise) string { return fmt.Sprintf("%d.%d %s", e.Number, e.Order, e.Title) }

// Name is the open exercise.
func (s *Screen) Name() string { return s.exercise.Name }

// Tell shows a notice until the next key.
func (s *Screen) Tell(notice string) { s.notice = notice }

// Typing implements lab.Typist.
func (s *Screen) Typing() bool { return s.editor != nil || s.list != nil || s.question != nothing }

// Update implements lab.Screen.
func (s *Screen) Update(msg tea.Msg) (lab.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s, s.press(msg)
	case tea.PasteMsg:
		if s.editor != nil {
			s.notice = ""
			s.editor.Paste(msg.Content)
			return s, s.touched()
		}
	case tea.MouseClickMsg:
		return s, s.click(msg.X, msg.Y)
	case tea.MouseWheelMsg:
		s.wheel(msg.Button)
	case about:
		if msg.opened == s.opened {
			return s, s.handle(msg.msg)
		}
	}
	return s, nil
}

// about marks a message as one about an opened exercise.
type about struct {
	opened int
	msg    tea.Msg
}

// about marks what a command returns.
func (s *Screen) about(cmd func() tea.Msg) tea.Cmd {
	opened := s.opened
	return func() tea.Msg {
		if msg := cmd(); msg != nil {
			return about{opened, msg}
		}
		return nil
	}
}

func (s *Screen) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case readMsg:
		return s.handleRead(msg)
	case watchMsg:
		return s.handleWatch(msg)
	case progressMsg:
		return s.handleProgress(msg)
	case checkedMsg:
		return s.handleChecked(msg)
	case editMsg:
		return s.handleEdit(msg)
	case editedMsg:
		return s.handleEdited(msg)
	case keptMsg:
		return s.handleKept(msg)
	case savedMsg:
		return s.handleSaved(msg)
	case autosaveMsg:
		s.editing.waiting = false
		return s.save()
	case resetMsg:
		return s.handleReset(msg)
	}
	return nil
}

// press handles a key.
func (s *Screen) press(msg tea.KeyPressMsg) tea.Cmd {
	if s.opening {
		return nil // A second opening would take the place of what is typed by then.
	}
	s.notice = ""
	switch {
	case s.question != nothing:
		return s.answer(questionKeys().Decode(msg))
	case s.list != nil:
		return s.pressList(listKeys().Decode(msg))
	case s.editor != nil:
		s.editing.quits = false
		return s.pressEditor(msg)
	}
	switch s.Keys().Decode(msg) {
	case actionEdit:
		return s.edit()
	case actionCheck:
		return s.startCheck()
	case actionHint:
		s.hints = s.record.Hint(s.exercise)
		s.bring = sectionHints
	case actionSolution:
		s.toggleSolution()
	case actionReset:
		s.question = mayReset
	case actionNext:
		next, ok := s.record.Next(s.all, s.exercise.Name)
		if !ok {
			s.notice = "No other exercise is left."
			return nil
		}
		return s.turnTo(next)
	case actionList:
		s.list = newList(s.all, s.exercise)
	default:
		s.scroll(s.Keys().Decode(msg))
	}
	return nil
}

// turnTo opens another exercise in place of this one.
func (s *Screen) turnTo(e exercises.Exercise) tea.Cmd {
	s.begin(e)
	return s.Init()
}

// toggleSolution shows the solution after a pass or when it is asked for twice.
func (s *Screen) toggleSolution() {
	if s.solution {
		s.solution = false
		return
	}
	if !s.record.Solution(s.exercise) {
		s.notice = "This exercise does not pass yet. Press s again to see the solution all the same; it then counts as seen."
		return
	}
	s.solution, s.bring = true, sectionSolution
}

// scroll moves the view.
func (s *Screen) scroll(action keymap.Action) {
	switch action {
	case actionUp:
		s.top--
	case actionDown:
		s.top++
	case actionPageUp:
		s.top -= max(s.height-1, 1)
	case actionPageDown:
		s.top += max(s.height-1, 1)
	}
	s.top = min(max(s.top, 0), max(s.length-s.height, 0))
}
