package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/tui/exercise"
	"github.com/aetutor/aetutor/tui/keymap"
)

// wheelLines is how far a notch of the wheel scrolls.
const wheelLines = 3

// openPageMsg opens a page; it answers a click on the outline.
type openPageMsg struct{ index int }

// pageClickMsg is a click on the page at a cell of its view.
type pageClickMsg struct{ x, y int }

// Update handles a message and draws. A panic in it, in a lab's code or while drawing becomes the app's fault.
func (m model) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	if m.fault != nil {
		return m, nil
	}
	defer func() {
		if value := recover(); value != nil {
			next, cmd = m.failed(newFault(value))
		}
	}()
	m, cmd = m.handle(msg)
	if m.fault != nil {
		return m.failed(m.fault)
	}
	m, redraw := m.shown(msg)
	facts := append(m.fresh(), m.attended(msg)...)
	if len(facts) > 0 && m.lab == nil {
		m = m.drawn() // The outline marks what was done.
	}
	return m, tea.Batch(cmd, redraw, m.record(facts), m.sendPictures(m.frame.text))
}

func (m model) handle(msg tea.Msg) (model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		if m.done.last.IsZero() {
			m.done.last = time.Now()
		}
		m.width, m.height = msg.Width, msg.Height
		if m.lab != nil && !m.tooSmall() {
			return m.updateLab(m.labSize())
		}
	case tea.BackgroundColorMsg, tea.ColorProfileMsg, tea.EnvMsg, tea.TerminalVersionMsg, resumedMsg:
		return m.handleTerminal(msg)
	case lessonsMsg:
		return m.handleLessons(msg), m.awaitLessons()
	case recordedMsg:
		return m.handleRecorded(msg), nil
	case faultMsg:
		m.fault = msg.fault
	case redrawMsg:
		m.calm.waiting = false
	case labMsg:
		if msg.generation == m.generation {
			return m.updateLab(msg.msg)
		}
	case tea.KeyPressMsg:
		return m.handleKey(msg)
	case tea.MouseMsg:
		return m.handleMouse(msg)
	case findClickMsg:
		return m.handleFindClick(msg)
	case tea.PasteStartMsg, tea.PasteMsg, tea.PasteEndMsg, pasteLateMsg:
		return m.handlePasting(msg)
	case openPageMsg:
		return m.turnTo(m.openPage(msg.index))
	case pageClickMsg:
		reader, block := m.readers[m.current].Click(msg.x, msg.y)
		m = m.withReader(reader)
		switch block := block.(type) {
		case lessons.Lab:
			return m.openLab(block)
		case lessons.Exercise:
			return m.openExercise(block)
		}
	default:
		return m.updateLab(msg)
	}
	return m, nil
}

func (m model) handleKey(msg tea.KeyPressMsg) (model, tea.Cmd) {
	m.notice = ""
	action := m.always().Decode(msg)
	switch {
	case action == actionQuit:
		if open, isExercise := m.lab.(*exercise.Screen); isExercise && !open.Quit() {
			return m, nil
		}
		return m.closeLab(), tea.Sequence(m.record(m.spent(time.Now())), m.sendPictures(""), tea.Quit)
	case m.tooSmall():
		// The learner does not see what a key would do.
		return m, nil
	case action == actionHelp:
		m.help, m.helpTop = !m.help, 0
		return m, nil
	case m.help:
		return m.handleHelp(inHelp().Decode(msg)), nil
	case m.finder != nil:
		return m.handleFinder(msg)
	case m.lab == nil:
		return m.handleReading(m.reading().Decode(msg), msg)
	case m.typing():
		return m.updateLab(msg)
	case inLab().Decode(msg) == actionLeaveLab:
		return m.closeLab(), nil
	}
	return m.updateLab(msg)
}

func (m model) handleHelp(action keymap.Action) model {
	switch action {
	case actionLeaveHelp:
		m.help = false
	case actionUp:
		m.helpTop--
	case actionDown:
		m.helpTop++
	}
	return m
}

func (m model) handleReading(action keymap.Action, msg tea.KeyPressMsg) (model, tea.Cmd) {
	if len(m.pages) == 0 {
		return m, nil
	}
	r := m.readers[m.current]
	switch action {
	case actionPrevious:
		return m.turnTo(m.openPage(m.current - 1))
	case actionNext:
		return m.turnTo(m.openPage(m.current + 1))
	case actionReadOn:
		if r.Below() == 0 {
			return m.turnTo(m.openPage(m.current + 1))
		}
		r = r.ScrollPages(1)
	case actionLab, actionExercise:
		return m.openOnPage(action)
	case actionSearch:
		return m.openSearch(), nil
	case actionGlossary:
		return m.openGlossary(), nil
	case actionReturn:
		return m.returnToOrigin()
	case actionAnswer:
		r = r.Answer(int(msg.Code - 'a'))
	case actionSelect:
		r = r.SelectNext()
	case actionLesson:
		return m.turnTo(m.openLesson(msg.String()))
	case actionUp:
		r = r.Scroll(-1)
	case actionDown:
		r = r.Scroll(1)
	case actionPageUp:
		r = r.ScrollPages(-1)
	case actionPageDown:
		r = r.ScrollPages(1)
	case actionStart:
		r = r.ScrollStart()
	case actionEnd:
		r = r.ScrollEnd()
	}
	return m.withReader(r), nil
}

// openOnPage opens the lab or the exercise of the page. Where there is no lab, the key for it opens the exercise.
func (m model) openOnPage(action keymap.Action) (model, tea.Cmd) {
	r := m.readers[m.current]
	lab, hasLab := r.Lab()
	if hasLab && action == actionLab {
		return m.openLab(lab)
	}
	if block, ok := r.Exercise(); ok {
		return m.openExercise(block)
	}
	m.notice = "There is no lab on this page."
	return m, nil
}

// turnTo keeps where the learner went, and the time that the page before took.
func (m model) turnTo(next model) (model, tea.Cmd) {
	if next.current == m.current {
		return next, nil
	}
	facts := append(m.spent(time.Now()), progress.Place{Page: next.pageID(next.current)})
	return next, next.record(facts)
}

// openPage turns to a page; beyond the first and last it says so.
func (m model) openPage(index int) model {
	switch {
	case index < 0:
		m.notice = "This is the first page."
	case index >= len(m.pages):
		m.notice = "This is the last page."
	default:
		m.current, m.origin = index, nil
	}
	return m
}

func (m model) openLesson(number string) model {
	index := m.find(number)
	if index < 0 {
		m.notice = "There is no lesson " + number + "."
		return m
	}
	return m.openPage(index)
}
