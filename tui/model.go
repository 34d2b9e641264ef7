// Package tui is the terminal app: the outline of the lessons, the page reader, and the labs on a full screen.
package tui

import (
	"fmt"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/tui/exercise"
	"github.com/aetutor/aetutor/tui/find"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/page"
	"github.com/aetutor/aetutor/tui/theme"
)

// The smallest terminal that the screens are made for, in cells.
const (
	MinWidth  = 80
	MinHeight = 24
)

// Options is what the app is made of.
type Options struct {
	Lessons []lessons.Lesson
	// Glossary explains the terms of the lessons; it may be empty.
	Glossary []lessons.Term
	// Changes tells that the files of the lessons or the glossary changed, and Reload reads them anew. Both are nil where lessons stay as
	// they are.
	Changes <-chan struct{}
	Reload  func() (lessons.Draft, error)
	// Resumed tells that the program goes on after it was stopped, as by kill -TSTP. It is nil where nobody stops it.
	Resumed <-chan os.Signal
	// OpenLab makes the screen of a lab. It returns at once: a lab's work starts in its Init.
	OpenLab func(block lessons.Lab) (lab.Screen, error)
	// Others is how many other labs the open one takes turns with at present, 0 for none. It is nil where the machine is the
	// learner's own.
	Others func() int
	// Exercises can be opened where there is a Workbench for the learner's files; without one a page only names its
	// exercises.
	Exercises []exercises.Exercise
	Workbench exercise.Workbench
	Unicode   bool   // the locale is UTF-8; theme.UnicodeLocale tells
	Start     string // the page to open: its ID, or a lesson's slug or number; empty for where the learner was last
	Version   string // goes into the report of a fault
	// Store keeps the progress of the learner, of which Progress is what it held at the start. Without one nothing is
	// kept, and the marks of the outline last as long as the app.
	Store    progress.Store
	Learner  string
	Progress progress.Progress
	Notice   string // said at the start
	// ReducedMotion lets a lab that works change the screen at most once a second. The variable
	// theme.ReducedMotionVariable in the program's environment asks for it too.
	ReducedMotion bool
}

// pageRef is a page's place: indices into Options.Lessons and its Pages.
type pageRef struct{ lesson, page int }

// model is the root. It draws in Update, not in View: so what is on the screen and what a click on it means come from
// one computation, and a panic while drawing ends the app as cleanly as one while updating.
type model struct {
	options Options
	pages   []pageRef
	readers []page.Reader // one for each of pages, so that a page stays as it was left
	current int           // index into pages

	lab        lab.Screen // the open lab or exercise; nil while reading
	labID      string     // of the open lab
	generation int        // counts opened labs; messages of earlier ones are dropped
	others     int        // labs that the open one takes turns with

	finder *find.List     // the open search or glossary, or nil
	index  *lessons.Index // of the text of the lessons; nil before the first search
	origin *origin        // where the learner was before they searched, or nil

	pasteEnded chan struct{} // closed when the paste that is on its way ends; nil without one

	help     bool
	helpTop  int
	notice   string                       // said until the next key or click
	trouble  string                       // why none of the lessons could be read again; empty where they were
	mistakes map[string][]lessons.Problem // in the files of the lessons; lessons.Draft says how they are found

	told     theme.Told
	calm     calm
	graphics *theme.Graphics // nil on most terminals
	theme    theme.Theme

	width, height int // 0 before the terminal told its size
	frame         frame
	fault         *Fault

	done *done // what the learner has done; it belongs to this session alone
}

// New returns the root of the app. It draws nothing and opens nothing before the program runs.
func New(o Options) tea.Model {
	m := model{options: o, told: theme.NewTold(o.Unicode), notice: o.Notice, done: newDone(o.Progress)}
	m = m.withLessons(o.Lessons)
	if o.Start == "" {
		m.current = max(m.find(o.Progress.Place.Page), 0)
	} else {
		if at := m.find(o.Start); at >= 0 {
			m.current = at
		} else {
			m.notice = fmt.Sprintf("There is no page or lesson %q; this is the first page.", o.Start)
		}
	}
	m.told.ReducedMotion = o.ReducedMotion
	return m.themed()
}

// find returns the index of the page that a name opens, or -1.
func (m model) find(name string) int {
	lesson, page, ok := lessons.Find(m.options.Lessons, name)
	if !ok {
		return -1
	}
	return m.pageIndex(pageRef{lesson, page})
}

func (m model) themed() model {
	m.theme = m.told.Theme()
	if m.told.Profile() == colorprofile.TrueColor && m.told.Unicode {
		// With fewer colours a cell could not tell which picture it shows.
		m.theme.Graphics = m.graphics
	}
	return m
}

// sendPictures sends the terminal the pictures of a frame that it does not hold yet; a frame without any has it forget all.
func (m model) sendPictures(frame string) tea.Cmd {
	if m.graphics == nil {
		return nil
	}
	if pending := m.graphics.Pending(frame); pending != "" {
		return tea.Raw(pending)
	}
	return nil
}

// Init asks for the terminal's background, whose answer may never come, and waits for what comes from outside.
func (m model) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, m.awaitLessons(), m.awaitResumption())
}

// View shows the frame that Update drew.
func (m model) View() tea.View {
	v := tea.NewView(m.frame.text)
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	v.WindowTitle = m.windowTitle()
	return v
}

func (m model) windowTitle() string {
	if len(m.pages) == 0 {
		return "aetutor"
	}
	return "aetutor: " + m.theme.Terminal(characters(m.options.Lessons[m.pages[m.current].lesson].Title))
}

// Err is the fault that ended the app, or nil. Ask the model that tea.Program.Run returns.
func (m model) Err() error {
	if m.fault == nil {
		return nil
	}
	return m.fault
}

// Where is the page and the lab that are open; lab is "" while the learner reads.
func (m model) Where() (page, lab string) {
	if len(m.pages) > 0 {
		page = m.pageID(m.current)
	}
	if m.lab != nil {
		lab = m.labID
	}
	return page, lab
}

// Close stops the work of an open lab and keeps the time spent since the last deed. It is for programs that end without
// asking the model, by a signal or a lost connection.
func (m model) Close() {
	m.closeLab()
	if keep := m.record(m.spent(time.Now())); keep != nil {
		keep() // Nobody is left to be told that it failed.
	}
}

// Counted is the time until which Spent facts count the time of the learner, zero before the first screen.
func (m model) Counted() time.Time { return m.done.last }

// tooSmall reports whether the terminal has no room for the screens.
func (m model) tooSmall() bool { return m.width < MinWidth || m.height < MinHeight }
