package tui

import (
	"fmt"
	"reflect"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui/exercise"
	"github.com/aetutor/aetutor/tui/lab"
)

// labMsg is a message that a command of a lab returned. One that waited while its lab was closed must not reach the
// next lab.
type labMsg struct {
	generation int
	msg        tea.Msg
}

func (m model) openLab(block lessons.Lab) (model, tea.Cmd) {
	if m.options.OpenLab == nil {
		m.notice = fmt.Sprintf("The lab %s is not part of this build.", block.ID)
		return m, nil
	}
	screen, err := m.options.OpenLab(block)
	if err != nil {
		m.notice = fmt.Sprintf("The lab %s cannot open: %v", block.ID, err)
		return m, nil
	}
	return m.opened(screen, block.ID)
}

// opened shows the screen of a lab, or of an exercise with id "".
func (m model) opened(screen lab.Screen, id string) (model, tea.Cmd) {
	m.lab, m.labID, m.others = screen, id, 0
	m.generation++
	start := m.labCmd(screen.Init())
	m, resized := m.updateLab(m.labSize())
	return m, tea.Batch(start, resized, m.lookAround())
}

// closeLab stops the lab's work. A fault in Close must not keep the app from ending.
func (m model) closeLab() (closed model) {
	screen := m.lab
	m.lab = nil
	if screen == nil {
		return m
	}
	if _, isExercise := screen.(*exercise.Screen); isExercise {
		m = m.withExercises()
	} else if m.done.tasks[m.labID] {
		m = m.withReader(m.readers[m.current].WithTasks(m.done.tasks))
	}
	defer func() {
		if value := recover(); value != nil {
			if m.fault == nil {
				m.fault = newFault(value)
				m.fault.Version = m.options.Version
			}
			closed = m
		}
	}()
	screen.Close()
	return m
}

func (m model) updateLab(msg tea.Msg) (model, tea.Cmd) {
	if m.lab == nil {
		return m, nil
	}
	if _, ok := msg.(othersMsg); ok {
		m.others = m.options.Others()
		return m, m.lookAround()
	}
	screen, cmd := m.lab.Update(msg)
	m.lab = screen
	return m, m.labCmd(cmd)
}

// typing reports whether the learner types into the lab, the search or the glossary. Under the help and on too small a screen nobody does.
func (m model) typing() bool {
	if m.help || m.tooSmall() {
		return false
	}
	typist, ok := m.lab.(lab.Typist)
	return m.finder != nil || ok && typist.Typing()
}

// labCmd marks the messages of a lab's command as that lab's. What Bubble Tea itself obeys stays bare.
func (m model) labCmd(cmd tea.Cmd) tea.Cmd {
	generation := m.generation
	return guard(cmd, func(msg tea.Msg) tea.Msg {
		if strings.HasPrefix(reflect.TypeOf(msg).PkgPath(), "charm.land/bubbletea/") {
			return msg
		}
		return labMsg{generation, msg}
	})
}

func (m model) labSize() tea.WindowSizeMsg {
	area := layoutFor(m.width, m.height).lab
	return tea.WindowSizeMsg{Width: area.width(), Height: area.height()}
}

// inLabArea returns a mouse message with coordinates relative to the lab's area.
func (m model) inLabArea(msg tea.MouseMsg) tea.Msg {
	area := layoutFor(m.width, m.height).lab
	mouse := msg.Mouse()
	mouse.X -= area.x0
	mouse.Y -= area.y0
	switch msg.(type) {
	case tea.MouseClickMsg:
		return tea.MouseClickMsg(mouse)
	case tea.MouseReleaseMsg:
		return tea.MouseReleaseMsg(mouse)
	case tea.MouseWheelMsg:
		return tea.MouseWheelMsg(mouse)
	case tea.MouseMotionMsg:
		return tea.MouseMotionMsg(mouse)
	}
	return msg
}
