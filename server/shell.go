package server

import (
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/theme"
)

// shell is the root of a session: the questions of a first visit, then the workshop or the class, and over all of them
// what the server has to say.
type shell struct {
	server      *Server
	session     *session
	environment []string
	open        opener
	visit       *visit    // the first visit, nil once it is done
	inside      tea.Model // what open made, nil before
	told        []tea.Msg // what the terminal told of itself, for what open makes
	notice      string
	width       int
	fault       *tui.Fault
}

// opener makes what a session shows once its learner is known. unicode says that the locale of the client is UTF-8.
type opener func(own *session, l Learner, unicode bool) tea.Model

func newShell(s *Server, own *session, user string, environment []string, open opener) shell {
	m := shell{server: s, session: own, open: open, environment: environment}
	if known, ok := s.roster.find(own.key); ok {
		m.enter(known)
	} else {
		var invited func(string) error
		if s.config.Invitation != "" {
			invited = func(code string) error { return s.invited(own.conn, code) }
		}
		m.visit = newVisit(own.key, cleanName(user), invited)
	}
	return m
}

// enter opens the screen of a learner.
func (m *shell) enter(l Learner) {
	m.visit = nil
	m.inside = m.open(m.session, l, theme.UnicodeLocale(m.environment, "linux"))
}

// Init implements tea.Model.
func (m shell) Init() tea.Cmd {
	if m.inside != nil {
		return m.inside.Init()
	}
	return tea.RequestBackgroundColor
}

// Update implements tea.Model. A panic in it ends the session as a fault.
func (m shell) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	defer func() {
		if value := recover(); value != nil {
			m.fault = &tui.Fault{Value: value, Stack: debug.Stack(), Version: m.server.workshop.Version}
			next, cmd = m, tea.Quit
		}
	}()
	return m.update(msg)
}

func (m shell) update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case noticeMsg:
		m.notice = msg.text
		return m, nil
	case tea.KeyPressMsg, tea.MouseMsg, tea.PasteMsg:
		m.session.touched()
		m.notice = ""
	case tea.WindowSizeMsg:
		m.width = msg.Width
		m.hear(msg)
	case tea.BackgroundColorMsg, tea.ColorProfileMsg, tea.EnvMsg, tea.TerminalVersionMsg:
		m.hear(msg)
	case tea.ModeReportMsg:
		if msg.Mode == ansi.ModeUnicodeCore { // No screen needs another one.
			m.hear(msg)
		}
	}
	if m.inside == nil {
		return m.answer(msg)
	}
	m.told = nil
	var cmd tea.Cmd
	m.inside, cmd = m.inside.Update(msg)
	if w, ok := m.inside.(interface {
		Where() (page, lab string)
		Exercise() string
		Counted() time.Time
	}); ok {
		doing := reading
		page, lab := w.Where()
		if lab != "" {
			doing = "lab " + lab
		}
		if w.Exercise() != "" {
			doing = "exercise " + w.Exercise()
		}
		m.session.note(presence{doing, page, w.Counted()})
	}
	return m, cmd
}

// hear keeps what the terminal tells of itself, in place of what it told before: a client may send such answers without
// end.
func (m *shell) hear(msg tea.Msg) {
	kind := reflect.TypeOf(msg)
	if i := slices.IndexFunc(m.told, func(old tea.Msg) bool { return reflect.TypeOf(old) == kind }); i >= 0 {
		m.told[i] = msg
		return
	}
	m.told = append(m.told, msg)
}

// answer gives a message to the first visit, and opens the workshop once that is done.
func (m shell) answer(msg tea.Msg) (tea.Model, tea.Cmd) {
	answer, cmd := m.visit.update(msg)
	switch {
	case answer == nil:
		return m, cmd
	case answer.left:
		m.session.quit(answer.why)
		return m, nil
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

// err is the fault that ended the session, or nil.
func (m shell) err() error {
	if m.fault != nil {
		return m.fault
	}
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

// reader opens the workshop at a lesson or a page, or with "" where the learner was.
func (s *Server) reader(start string) opener {
	return func(own *session, l Learner, unicode bool) tea.Model {
		own.join(l.ID)
		notice := ""
		if s.teachers.has(own.key) {
			notice = "ssh -t HOST class shows you the class as it works."
		}
		return s.workshopOf(l, start, notice, unicode)
	}
}

// workshopOf makes the workshop of a learner. notice is said at the start.
func (s *Server) workshopOf(l Learner, start, notice string, unicode bool) tea.Model {
	kept, err := s.workshop.Store.Load(l.ID)
	share := s.share(l)
	o := tui.Options{
		Lessons: s.workshop.Lessons, Glossary: s.workshop.Glossary, OpenLab: s.openLab(share), Others: share.Others,
		Exercises: s.workshop.Exercises, Workbench: workbench{s, l.ID},
		Unicode: unicode, Version: s.workshop.Version,
		Store: s.ledger, Learner: l.ID, Progress: kept,
		Start: start, Notice: notice,
	}
	if err != nil {
		o.Store, o.Notice = nil, "Your progress is not kept: "+err.Error()
	}
	return tui.New(o)
}

// share is what a session of a learner may use of the machine.
func (s *Server) share(l Learner) *engine.Share {
	return &engine.Share{Owner: l.ID, Memory: s.config.Limits.Memory}
}

// openLab opens a lab of a session once there is a place for it.
func (s *Server) openLab(share *engine.Share) func(lessons.Lab) (lab.Screen, error) {
	return func(block lessons.Lab) (lab.Screen, error) {
		return s.places.seated(func() (lab.Screen, error) { return s.workshop.OpenLab(share, block) })
	}
}
