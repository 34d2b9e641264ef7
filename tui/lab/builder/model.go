// Package builder is the lab builder on the screen: a stack of layers that is edited, with its shapes, parameters and
// GoMLX code beside it, and trained briefly.
package builder

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/job"
)

// Try trains a stack briefly: it tells the events of lab.TryStack.
type Try func(ctx context.Context, a engine.Architecture, emit func(lab.Event)) error

// Model is the lab's model.
type Model struct {
	try      Try
	question string
	epochs   int // of a trial

	stack  engine.Architecture
	at     int   // the selected layer, from 0 over encoder and decoder
	fault  error // what keeps the stack from being an autoencoder
	source []string

	job    *job.Job // of the present trial; nil before the first and once it was given up
	now    trial
	last   trial // the one before, drawn for comparison
	task   lab.Task
	notice board.Notice
}

// New makes the lab with a stack to begin with.
func New(try Try, s lab.BuilderSettings, question string) *Model {
	m := &Model{try: try, question: question, epochs: s.Epochs, stack: s.Architecture()}
	m.task = lab.BuilderTask(m.stack, 1)
	m.task.Now, m.task.Reached = "", false
	m.rebuilt()
	return m
}

// Init implements lab.Screen. Nothing is trained before the learner asks for it.
func (m *Model) Init() tea.Cmd { return nil }

// Close implements lab.Screen.
func (m *Model) Close() { m.giveUp() }

// Title implements lab.Screen.
func (m *Model) Title() string { return "builder  " + m.stack.String() }

// Task implements lab.Screen.
func (m *Model) Task() lab.Task { return m.task }

// Update implements lab.Screen.
func (m *Model) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case job.Msg:
		if msg.Job == m.job {
			return m, m.handleEvents(msg)
		}
	case tea.KeyPressMsg:
		return m, m.handleKey(msg)
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelUp:
			m.selectLayer(-1)
		case tea.MouseWheelDown:
			m.selectLayer(1)
		default:
		}
	}
	return m, nil
}

func (m *Model) handleEvents(msg job.Msg) tea.Cmd {
	for _, e := range msg.Events {
		m.now.add(e)
		if done, ok := e.(lab.TrialDone); ok {
			reached := m.task.Reached
			m.task = done.Task
			m.task.Reached = m.task.Reached || reached // Once reached it stays so.
		}
	}
	if !msg.Ended {
		return m.job.Next
	}
	m.job, m.now.working = nil, false
	if msg.Err != nil {
		m.notice.Refuse("%v; change the stack and train again with enter", msg.Err)
	}
	return nil
}

// train starts a trial of the stack.
func (m *Model) train() tea.Cmd {
	if m.fault != nil {
		m.notice.Refuse("this stack cannot be trained: %v", m.fault)
		return nil
	}
	before := m.job
	m.giveUp()
	if len(m.now.loss) > 0 {
		m.last = m.now
	}
	stack := clone(m.stack)
	m.job, m.now = job.New(), trial{stack: stack.String(), working: true}
	try := m.try
	return m.job.StartAfter(before, func(ctx context.Context, emit func(lab.Event)) error {
		return try(ctx, stack, emit)
	})
}

// giveUp ends the present trial.
func (m *Model) giveUp() {
	if m.job != nil {
		m.job.Stop()
	}
	m.job, m.now.working = nil, false
}

// clone is a stack that shares no layers.
func clone(a engine.Architecture) engine.Architecture {
	a.Encoder, a.Decoder = slices.Clone(a.Encoder), slices.Clone(a.Decoder)
	return a
}
