// Package features is the lab feature-bench on the screen: a learner moves the weights of a linear classifier of
// heartbeats and sees the scores and the accuracy at once.
package features

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
)

// Open makes the beats and their features. It gives up when ctx ends.
type Open func(ctx context.Context) (*lab.FeatureBench, error)

// opened brings what Open made.
type opened struct{ bench *lab.FeatureBench }

// Kind implements lab.Event.
func (opened) Kind() string { return "opened" }

// Model is the lab's model.
type Model struct {
	open     Open
	question string
	job      *job.Job
	bench    *lab.FeatureBench // nil until it is there
	weights  lab.FeatureWeights
	counts   lab.FeatureCounts // of the present weights on all beats
	task     lab.Task
	chosen   int // the weight that the arrows move: 0 is w₀, then one for each feature
	class    int // whose weight it is
	beat     int // that is shown
	err      error
	notice   string
}

// New makes the lab with its question.
func New(open Open, question string) *Model {
	return &Model{open: open, question: question, job: job.New(), chosen: 1, class: 1}
}

// Init implements lab.Screen.
func (m *Model) Init() tea.Cmd {
	open := m.open
	return m.job.Start(func(ctx context.Context, emit func(lab.Event)) error {
		bench, err := open(ctx)
		if err == nil {
			emit(opened{bench})
		}
		return err
	})
}

// Close implements lab.Screen.
func (m *Model) Close() { m.job.Stop() }

// Title implements lab.Screen.
func (m *Model) Title() string { return "feature-bench  heartbeats by features and weights" }

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
		if o, ok := e.(opened); ok {
			m.bench, m.weights = o.bench, o.bench.NewFeatureWeights()
			m.judge()
			m.task.Figure = lab.Figure{} // The learner has not moved a weight.
		}
	}
	if !msg.Ended {
		return m.job.Next
	}
	m.err = msg.Err
	return nil
}

// judge counts what the present weights make of all beats; that is some thousand additions. A task that was reached
// stays so.
func (m *Model) judge() {
	m.counts = m.bench.Count(m.weights)
	if now := lab.FeatureTask(m.counts); m.task.Reached {
		m.task.Figure = now.Figure
	} else {
		m.task = now
	}
}
