package server

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	work "github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/theme"
)

// places bounds how many labs are open at once, because each holds data and may compute. Who comes later waits in line.
type places struct {
	mu   sync.Mutex
	free int
	line []*ticket // in the order in which they came
}

// ticket is a place in the line.
type ticket struct{ granted bool }

func newPlaces(n int) *places { return &places{free: n} }

// queue joins the line.
func (p *places) queue() *ticket {
	p.mu.Lock()
	defer p.mu.Unlock()
	t := &ticket{}
	p.line = append(p.line, t)
	p.grant()
	return t
}

func (p *places) grant() {
	for p.free > 0 && len(p.line) > 0 {
		p.line[0].granted = true
		p.line = p.line[1:]
		p.free--
	}
}

// place is 0 for a ticket whose turn it is, else its place in the line, from 1.
func (p *places) place(t *ticket) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if t.granted {
		return 0
	}
	return slices.Index(p.line, t) + 1
}

// leave gives the place, in the lab or in the line, to others.
func (p *places) leave(t *ticket) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if t.granted {
		p.free++
	} else {
		p.line = slices.DeleteFunc(p.line, func(o *ticket) bool { return o == t })
	}
	p.grant()
}

// seat is the screen of a lab that first waits for its place.
type seat struct {
	places *places
	ticket *ticket
	inner  lab.Screen // nil while it waits
	open   func() (lab.Screen, error)
	failed error
	size   tea.WindowSizeMsg
	left   *sync.Once
}

// lookEvery is how often a screen that waits looks for its turn.
const lookEvery = 500 * time.Millisecond

// turnMsg has a waiting screen look for its turn.
type turnMsg struct{}

// seated opens a lab at once where there is a place, else once there is one.
func (p *places) seated(open func() (lab.Screen, error)) (lab.Screen, error) {
	s := seat{places: p, ticket: p.queue(), open: open, left: &sync.Once{}}
	if p.place(s.ticket) > 0 {
		return s, nil
	}
	inner, err := open()
	if err != nil {
		p.leave(s.ticket)
		return nil, err
	}
	s.inner = inner
	return s, nil
}

// Init implements lab.Screen.
func (s seat) Init() tea.Cmd {
	if s.inner != nil {
		return s.inner.Init()
	}
	return look()
}

func look() tea.Cmd { return tea.Tick(lookEvery, func(time.Time) tea.Msg { return turnMsg{} }) }

// Update implements lab.Screen.
func (s seat) Update(msg tea.Msg) (lab.Screen, tea.Cmd) {
	var cmd tea.Cmd
	if s.inner != nil {
		s.inner, cmd = s.inner.Update(msg)
		return s, cmd
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.size = msg
	case turnMsg:
		switch {
		case s.failed != nil:
			return s, nil
		case s.places.place(s.ticket) > 0:
			return s, look()
		}
		if s.inner, s.failed = s.open(); s.failed != nil {
			s.inner = nil
			s.leave()
			return s, nil
		}
		first := s.inner.Init()
		s.inner, cmd = s.inner.Update(s.size)
		return s, tea.Batch(first, cmd)
	}
	return s, nil
}

// View implements lab.Screen.
func (s seat) View(width, height int, t theme.Theme) string {
	if s.inner != nil {
		return s.inner.View(width, height, t)
	}
	text := fmt.Sprintf("All places for labs are taken. You are number %d in line; the lab opens by itself. Escape goes back "+
		"to the page, and your place in the line is then given away.", s.places.place(s.ticket))
	if s.failed != nil {
		text = "The lab cannot be opened: " + s.failed.Error()
	}
	lines := append([]string{""}, strings.Split(ansi.Wrap(text, max(width-4, 1), ""), "\n")...)
	for i, line := range lines {
		lines[i] = "  " + line
	}
	lines = append(lines, make([]string, max(height-len(lines), 0))...)
	return strings.Join(lines[:height], "\n")
}

// Title implements lab.Screen.
func (s seat) Title() string {
	if s.inner != nil {
		return s.inner.Title()
	}
	return "waiting for a place"
}

// Keys implements lab.Screen.
func (s seat) Keys() keymap.Table {
	if s.inner != nil {
		return s.inner.Keys()
	}
	return nil
}

// Task implements lab.Screen.
func (s seat) Task() work.Task {
	if s.inner != nil {
		return s.inner.Task()
	}
	return work.Task{}
}

// Typing implements lab.Typist.
func (s seat) Typing() bool {
	typist, ok := s.inner.(lab.Typist)
	return ok && typist.Typing()
}

// Close implements lab.Screen.
func (s seat) Close() {
	if s.inner != nil {
		s.inner.Close()
	}
	s.leave()
}

// leave gives the place to others, once.
func (s seat) leave() { s.left.Do(func() { s.places.leave(s.ticket) }) }
