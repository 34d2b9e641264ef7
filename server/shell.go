package server

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/theme"
)

// shell is the root of a session: the questions of a first visit, then the workshop, and over both what the server has to
// say.
type shell struct {
	server      *Server
	session     *session
	environment []string
	start       string    // the page to open
	visit       *visit    // the first visit, nil once it is done
	inside      tea.Model // the workshop, nil before
	told        []tea.Msg // what the terminal told of itself, for the workshop
	notice      string
	width       int
}

func newShell(s *Server, own *session, start, user string, environment []string) shell {
	m := shell{server: s, session: own, start: start, environment: environment}
	if known, ok := s.roster.find(own.key); ok {
		m.enter(known)
	} else {
		m.visit = newVisit(own.key, cleanName(user), s.config.Invitation)
	}
	return m
}

// enter opens the workshop for a learner.
func (m *shell) enter(l Learner) {
	m.session.note(l.ID, reading)
	m.visit = nil
	m.inside = m.server.open(l, m.start, theme.UnicodeLocale(m.environment, "linux"))
}

// Init implements tea.Model.
func (m shell) Init() tea.Cmd {
	if m.inside != nil {
		return m.inside.Init()
	}
	return tea.RequestBackgroundColor
}

// Update implements tea.Model.
func (m shell) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case noticeMsg:
		m.notice = msg.text
		return m, nil
	case tea.KeyPressMsg, tea.MouseMsg, tea.PasteMsg:
		m.session.touched()
		m.notice = ""
	case tea.WindowSizeMsg:
		m.width = msg.Width
		m.told = append(m.told, msg)
	case tea.BackgroundColorMsg, tea.ColorProfileMsg, tea.EnvMsg, tea.TerminalVersionMsg:
		m.told = append(m.told, msg)
	}
	if m.inside == nil {
		return m.answer(msg)
	}
	m.told = nil
	var cmd tea.Cmd
	m.inside, cmd = m.inside.Update(msg)
	if w, ok := m.inside.(interface{ Where() (page, lab string) }); ok {
		doing := reading
		if _, lab := w.Where(); lab != "" {
			doing = "lab " + lab
		}
		if w, ok := m.inside.(interface{ Exercise() string }); ok && w.Exercise() != "" {
			doing = "exercise " + w.Exercise()
		}
		learner, before := m.session.state()
		if doing != before {
			m.session.note(learner, doing)
		}
	}
	return m, cmd
}

// answer gives a message to the first visit, and opens the workshop once that is done.
func (m shell) answer(msg tea.Msg) (tea.Model, tea.Cmd) {
	answer, cmd := m.visit.update(msg)
	switch {
	case answer == nil:
		return m, cmd
	case answer.left:
		return m, tea.Quit
	}
	learner, err := m.server.roster.join(m.visit.key, answer.name)
	if err != nil {
		m.visit.problem = err.Error()
		return m, nil
	}
	m.enter(learner)
	cmds := []tea.Cmd{m.inside.Init()}
	for _, told := range m.told {
		m.inside, cmd = m.inside.Update(told)
		cmds = append(cmds, cmd)
	}
	m.told = nil
	return m, tea.Batch(cmds...)
}

// View implements tea.Model.
func (m shell) View() tea.View {
	var v tea.View
	if m.inside != nil {
		v = m.inside.View()
	} else {
		v = m.visit.view(m.width)
	}
	if m.notice != "" {
		v.Content = overlay(v.Content, m.notice, m.width)
	}
	return v
}

// overlay lays a text over the first lines of a screen.
func overlay(screen, text string, width int) string {
	lines := strings.Split(screen, "\n")
	for i, line := range strings.Split(ansi.Wrap(text, max(width-2, 1), ""), "\n") {
		if i < len(lines) {
			fill := strings.Repeat(" ", max(width-1-ansi.StringWidth(line), 0))
			lines[i] = "\x1b[7m " + line + fill + "\x1b[m"
		}
	}
	return strings.Join(lines, "\n")
}

// err is the fault that ended the workshop, or nil.
func (m shell) err() error {
	if failed, ok := m.inside.(interface{ Err() error }); ok {
		return failed.Err()
	}
	return nil
}

// Close stops the work of an open lab.
func (m shell) Close() {
	if closer, ok := m.inside.(interface{ Close() }); ok {
		closer.Close()
	}
}

// open makes the workshop of a learner.
func (s *Server) open(l Learner, start string, unicode bool) tea.Model {
	kept, err := s.workshop.Store.Load(l.ID)
	o := tui.Options{
		Lessons: s.workshop.Lessons, Glossary: s.workshop.Glossary, OpenLab: s.openLab,
		Exercises: s.workshop.Exercises, Workbench: workbench{s, l.ID},
		Unicode: unicode, Version: s.workshop.Version,
		Store: &countingStore{s.workshop.Store, s.metrics}, Learner: l.ID, Progress: kept,
		Start: start,
	}
	if err != nil {
		o.Store, o.Notice = nil, "Your progress is not kept: "+err.Error()
	}
	return tui.New(o)
}

// openLab opens a lab once there is a place for it.
func (s *Server) openLab(block lessons.Lab) (lab.Screen, error) {
	return s.places.seated(func() (lab.Screen, error) { return s.workshop.OpenLab(block) })
}
