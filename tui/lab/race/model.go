// Package race is the lab matmul-race on the screen: a learner predicts from which size on a backend multiplies matrices
// faster than three nested loops, and then sees it measured beside all other backends of the machine.
package race

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
)

// Run measures and tells a lab.RaceStart and then each lab.RacePoint.
type Run func(ctx context.Context, seed int64, emit func(lab.Event)) error

// phase is how far a race is.
type phase int

const (
	predicting phase = iota
	racing
	finished
)

// Model is the lab's model.
type Model struct {
	run      Run
	question string
	seed     int64

	prediction int // the learner's, for the next race
	phase      phase
	job        *job.Job
	start      lab.RaceStart
	points     []lab.RacePoint
	task       lab.Task // of the last race
	crossover  float64  // measured; 0 is none
	err        error
	notice     string
}

// New makes the lab with the prediction that it begins with.
func New(run Run, prediction int, seed int64, question string) *Model {
	return &Model{
		run: run, question: question, seed: seed, prediction: prediction, job: job.New(),
		task: lab.RaceTask(prediction, 0, false),
	}
}

// Init implements lab.Screen. Nothing is measured before the learner has predicted.
func (m *Model) Init() tea.Cmd { return nil }

// Close implements lab.Screen.
func (m *Model) Close() { m.job.Stop() }

// Title implements lab.Screen.
func (m *Model) Title() string { return "matmul-race  n×n products, loop and backends" }

// Task implements lab.Screen.
func (m *Model) Task() lab.Task { return m.task }

// Update implements lab.Screen.
func (m *Model) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case job.Msg:
		return m, m.handleEvents(msg)
	case tea.KeyPressMsg:
		return m, m.handleKey(msg)
	}
	return m, nil
}

func (m *Model) handleEvents(msg job.Msg) tea.Cmd {
	if msg.Job != m.job {
		return nil
	}
	for _, e := range msg.Events {
		switch e := e.(type) {
		case lab.RaceStart:
			m.start = e
		case lab.RacePoint:
			m.points = append(m.points, e)
		}
	}
	if !msg.Ended {
		return m.job.Next
	}
	if msg.Err != nil {
		m.err, m.phase = msg.Err, predicting
		return nil
	}
	m.phase, m.crossover = finished, lab.RaceCrossover(m.start, m.points)
	m.judge(lab.RaceTask(m.prediction, m.crossover, true))
	return nil
}

// judge keeps a task that was reached before.
func (m *Model) judge(now lab.Task) {
	if m.task.Reached {
		m.task.Figure = now.Figure
		return
	}
	m.task = now
}

// begin starts a race anew.
func (m *Model) begin() tea.Cmd {
	m.job.Stop()
	m.job, m.phase, m.points, m.crossover, m.err = job.New(), racing, nil, 0, nil
	m.judge(lab.RaceTask(m.prediction, 0, false))
	run, seed := m.run, m.seed
	return m.job.Start(func(ctx context.Context, emit func(lab.Event)) error { return run(ctx, seed, emit) })
}
