package classroom

import (
	"fmt"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// Source is where a screen gets the class from. Its methods may be called from any goroutine.
type Source interface {
	// Look is the class as it is now.
	Look() (Class, error)
	// Say shows a text on the screens of a learner, or for "" on those of everybody, and returns on how many.
	Say(learner, text string) (screens int)
}

// lookEvery is how often the class is looked at. What does not change is not drawn again.
const lookEvery = time.Second

// panel is what lies over the list and the view of a learner.
type panel int

const (
	noPanel panel = iota
	helpPanel
	exportPanel
)

// Model is the live screen of a class, a tea.Model. It draws in Update, so that what is on the screen and what a click
// on it means come from one computation.
type Model struct {
	source Source

	class  Class
	looked bool  // at the class, for the first time
	failed error // why the last look failed

	order  order
	filter string
	shown  []Member // those who pass the filter, in the order
	at     int      // the chosen one, index into shown
	chosen string   // their id, so that the choice stays with a learner when the order changes
	top    int      // the first row in view

	open      bool // the view of the chosen learner
	lessonTop int  // the first of its lessons in view

	panel  panel
	entry  *entry
	answer string // what the last key led to, until the next one

	told  theme.Told
	ruler ruler
	theme theme.Theme

	width, height int // 0 before the terminal told its size
	frame         frame
}

// entry is a line that is typed.
type entry struct {
	field textinput.Model
	to    *Member // whom a message is for; nil for everybody, and for a filter
	find  bool    // the line is a filter
}

// frame is a finished screen: its text, the rows of learners and the keys that can be clicked.
type frame struct {
	text     string
	firstRow int      // the line of the first row
	rows     []string // the ids of the learners in the rows, from firstRow
	keys     []widget.KeySpan
}

// lookedMsg brings the class.
type lookedMsg struct {
	class Class
	err   error
}

// lookMsg says that it is time to look again.
type lookMsg struct{}

// saidMsg tells on how many screens a message is.
type saidMsg struct {
	to      string // a name, or "" for everybody
	screens int
}

// New is the screen of a class. unicode says that the locale of the terminal is UTF-8.
func New(source Source, unicode bool) Model {
	told := theme.NewTold(unicode)
	m := Model{source: source, told: told, theme: told.Theme(), ruler: ruler{ansi.WcWidth}}
	if !unicode {
		m.ruler.method = ansi.GraphemeWidth // So theme.Terminal counts what it makes ASCII of.
	}
	return m
}

// Init asks for the class and for the terminal's background, whose answer may never come.
func (m Model) Init() tea.Cmd { return tea.Batch(tea.RequestBackgroundColor, m.look()) }

func (m Model) look() tea.Cmd {
	return func() tea.Msg {
		class, err := m.source.Look()
		return lookedMsg{class, err}
	}
}

// Update handles a message and draws.
func (m Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m, cmd := m.handle(msg)
	return m.drawn(time.Now()), cmd
}

func (m Model) handle(msg tea.Msg) (Model, tea.Cmd) {
	switch msg := msg.(type) {
	case lookedMsg:
		if m.failed = msg.err; msg.err == nil {
			m.class, m.looked = msg.class, true
			m = m.arranged()
		}
		return m, tea.Tick(lookEvery, func(time.Time) tea.Msg { return lookMsg{} })
	case lookMsg:
		return m, m.look()
	case saidMsg:
		m.answer = said(msg)
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.BackgroundColorMsg, tea.ColorProfileMsg, tea.EnvMsg:
		m.told = m.told.With(msg)
		m.theme = m.told.Theme()
	case tea.ModeReportMsg:
		// Then Bubble Tea has the terminal count letters as wholes (mode 2027).
		if msg.Mode == ansi.ModeUnicodeCore && msg.Value != ansi.ModeNotRecognized && msg.Value != ansi.ModePermanentlyReset {
			m.ruler.method = ansi.GraphemeWidth
		}
	case tea.KeyPressMsg:
		return m.press(msg)
	case tea.MouseMsg:
		return m.handleMouse(msg)
	case tea.PasteMsg:
		if m.entry != nil {
			return m.typed(msg)
		}
	}
	return m, nil
}

func said(msg saidMsg) string {
	switch {
	case msg.screens == 0 && msg.to == "":
		return "Nobody is here to read it."
	case msg.screens == 0:
		return msg.to + " is not here to read it."
	case msg.to != "":
		return fmt.Sprintf("Told %s, on %s.", msg.to, Count(msg.screens, "screen", "screens"))
	}
	return fmt.Sprintf("Told %s.", Count(msg.screens, "screen", "screens"))
}

// View shows the frame that Update drew.
func (m Model) View() tea.View {
	v := tea.NewView(m.frame.text)
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	v.WindowTitle = "aetutor: class"
	return v
}
