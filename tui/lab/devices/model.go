// Package devices is the lab devices on the screen: what this machine can compute with.
package devices

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/theme"
)

// Inspect looks at the machine and tells a lab.DevicesDone.
type Inspect func(ctx context.Context, emit func(lab.Event)) error

// Model is the lab's model.
type Model struct {
	inspect  Inspect
	question string
	job      *job.Job
	facts    []lab.DeviceFact // nil until they are there
	err      error
	top      int // the first line that is shown
	width    int
	height   int
}

// New makes the lab with its question.
func New(inspect Inspect, question string) *Model {
	return &Model{inspect: inspect, question: question, job: job.New()}
}

// Init implements lab.Screen.
func (m *Model) Init() tea.Cmd { return m.job.Start(m.inspect) }

// Close implements lab.Screen.
func (m *Model) Close() { m.job.Stop() }

// Title implements lab.Screen.
func (m *Model) Title() string { return "devices  what this machine computes with" }

// Task implements lab.Screen; there is none.
func (m *Model) Task() lab.Task { return lab.Task{} }

// The actions of the lab.
const (
	up    keymap.Action = "up"
	down  keymap.Action = "down"
	again keymap.Action = "again"
)

// Keys implements lab.Screen.
func (m *Model) Keys() keymap.Table {
	return keymap.Table{
		{Action: up, Strokes: []string{"up", "k"}, Label: "↑", Help: "scroll", Main: true},
		{Action: down, Strokes: []string{"down", "j"}, Label: "↓", Help: "scroll", Main: true},
		{Action: again, Strokes: []string{"r"}, Label: "r", Help: "look again", Main: true},
	}
}

// Update implements lab.Screen.
func (m *Model) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		m.scroll(0)
	case job.Msg:
		return m, m.handleEvents(msg)
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelUp:
			m.scroll(-1)
		case tea.MouseWheelDown:
			m.scroll(1)
		default: // The wheel turns sideways too.
		}
	case tea.KeyPressMsg:
		switch m.Keys().Decode(msg) {
		case up:
			m.scroll(-1)
		case down:
			m.scroll(1)
		case again:
			m.job.Stop()
			m.job, m.facts, m.err, m.top = job.New(), nil, nil, 0
			return m, m.Init()
		}
	}
	return m, nil
}

func (m *Model) handleEvents(msg job.Msg) tea.Cmd {
	if msg.Job != m.job {
		return nil
	}
	for _, e := range msg.Events {
		if done, ok := e.(lab.DevicesDone); ok {
			m.facts = done.Facts()
		}
	}
	if !msg.Ended {
		return m.job.Next
	}
	m.err = msg.Err
	return nil
}

// scroll moves by some lines, as far as there are lines.
func (m *Model) scroll(by int) {
	lines, rows := len(m.lines(m.width, theme.Theme{})), m.height-len(m.bottom(m.width, theme.Theme{}))
	m.top = min(max(m.top+by, 0), max(lines-rows, 0))
}

// labelWidth is what the labels take.
const labelWidth = 12

// lines are all that is to be said, wrapped.
func (m *Model) lines(width int, t theme.Theme) []string {
	switch {
	case m.err != nil:
		return nil
	case m.facts == nil:
		return []string{"", " " + t.Style(t.Text).Render("looking at the machine; a GPU's driver may take seconds …")}
	}
	lines := []string{""}
	problems := false
	for i, f := range m.facts {
		tone := board.Plain
		if i == 0 {
			tone = board.Bright
		}
		if f.Problem {
			tone = board.Warning
			if !problems {
				problems = true
				lines = append(lines, "")
			}
		}
		label := f.Label
		for part := range strings.SplitSeq(ansi.Wrap(f.Text, max(width-labelWidth-1, 10), ""), "\n") {
			lines = append(lines, " "+t.Style(t.Muted).Render(board.Pad(label, labelWidth-1))+board.Style(tone, t).Render(part))
			label = ""
		}
	}
	if !problems {
		lines = append(lines, "", " "+t.Style(t.Muted).Render("no problems"))
	}
	return lines
}

// View implements lab.Screen.
func (m *Model) View(width, height int, t theme.Theme) string {
	if height <= 0 {
		return ""
	}
	bottom, lines := m.bottom(width, t), m.lines(width, t)
	return board.Stack(width, height, lines[min(m.top, len(lines)):], bottom)
}

func (m *Model) bottom(width int, t theme.Theme) []string {
	b := board.Bottom{Question: m.question}
	if m.err != nil {
		b.Text, b.Tone = m.err.Error()+"; r looks again", board.Warning
	}
	return b.Lines(width, t)
}
