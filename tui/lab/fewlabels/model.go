// Package fewlabels is the lab few-labels on the screen: accuracy against the number of labels for a pretrained encoder
// and for training from scratch, point by point, and a mark where the learner expects the curves to meet.
package fewlabels

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/learning"
)

// Work pretrains and then measures, and tells it by events. It ends with ctx.
type Work func(ctx context.Context, s lab.FewLabelsSettings, emit func(lab.Event)) error

// Model is the lab's model.
type Model struct {
	work     Work
	settings lab.FewLabelsSettings // Guess is the mark
	question string
	reached  bool       // the task; it stays reached
	figure   lab.Figure // of the prediction with which the work ended; a mark that is moved later is none

	job   *job.Job
	gate  *job.Gate
	state state

	doing    lab.Progress
	encoder  learning.Run // while it is pretrained
	masked   lab.MaskedEvent
	labelled lab.LabelledEvent
	points   []lab.AccuracyEvent

	err    error
	notice board.Notice
}

// state is how far the work is.
type state int

const (
	working state = iota
	paused
	stopped
	ended
)

// New makes the lab.
func New(work Work, settings lab.FewLabelsSettings, question string) *Model {
	return &Model{work: work, settings: settings, question: question}
}

// Init implements lab.Screen.
func (m *Model) Init() tea.Cmd { return m.start() }

// Close implements lab.Screen.
func (m *Model) Close() {
	if m.job != nil {
		m.job.Stop()
	}
}

// Title implements lab.Screen.
func (m *Model) Title() string {
	return fmt.Sprintf("few-labels  accuracy on %s held-out digits  %s a point", board.Thousands(m.settings.HeldOut),
		board.Counted(m.settings.Repeats, "draw"))
}

// start does the work from its beginning, once the work before has left the processor.
func (m *Model) start() tea.Cmd {
	before := m.job
	m.Close()
	m.job, m.gate, m.state = job.New(), job.NewGate(), working
	m.doing, m.points, m.labelled, m.masked, m.err = lab.Progress{}, nil, lab.LabelledEvent{}, lab.MaskedEvent{}, nil
	m.encoder = learning.Run{}
	s, work, gate := m.settings, m.work, m.gate
	return m.job.StartAfter(before, func(ctx context.Context, emit func(lab.Event)) error {
		return work(ctx, s, func(e lab.Event) {
			emit(e)
			gate.Wait(ctx)
		})
	})
}

// Update implements lab.Screen.
func (m *Model) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case job.Msg:
		return m, m.handleEvents(msg)
	case tea.KeyPressMsg:
		return m, m.handleKey(msg)
	case tea.MouseWheelMsg:
		m.moveGuess(map[tea.MouseButton]int{tea.MouseWheelUp: 1, tea.MouseWheelDown: -1}[msg.Button])
	}
	return m, nil
}

func (m *Model) handleEvents(msg job.Msg) tea.Cmd {
	if msg.Job != m.job || m.state == stopped {
		return nil
	}
	for _, e := range msg.Events {
		switch e := e.(type) {
		case lab.Progress:
			m.doing = e
		case lab.MaskedEvent:
			m.masked = e
		case lab.LabelledEvent:
			m.labelled = e
		case lab.AccuracyEvent:
			m.points = append(m.points, e)
		default:
			m.encoder.Add(e)
		}
	}
	if !msg.Ended {
		return m.job.Next
	}
	m.state, m.err = ended, msg.Err
	if msg.Err == nil {
		crossover, _ := m.crossover()
		task := lab.FewLabelsTask(m.settings.Guess, crossover)
		m.reached, m.figure = m.reached || task.Reached, task.Figure
	}
	return nil
}

// complete are the points of those numbers of labels for which all draws of all ways are there.
func (m *Model) complete() []lab.AccuracyEvent {
	count := map[int]int{}
	for _, p := range m.points {
		count[p.Labels]++
	}
	var whole []lab.AccuracyEvent
	for _, p := range m.points {
		if count[p.Labels] == m.settings.Repeats*len(lab.Ways()) {
			whole = append(whole, p)
		}
	}
	return whole
}

// crossover is where the curves meet, as far as it is known: ok says that they do, and without it n is 0 until the work
// has ended.
func (m *Model) crossover() (n float64, ok bool) {
	n, ok = lab.Crossover(m.complete())
	if !ok && m.state != ended {
		n = 0
	}
	return n, ok
}

// Task implements lab.Screen.
func (m *Model) Task() lab.Task {
	crossover := 0.0
	if m.state == ended {
		crossover, _ = m.crossover()
	}
	task := lab.FewLabelsTask(m.settings.Guess, crossover)
	task.Reached, task.Figure = m.reached, m.figure
	return task
}
