// Package bottleneck is the lab bottleneck on the screen: the size of the code against the error, of autoencoders that
// are trained one after the other and of PCA, with one digit as each of them redraws it.
package bottleneck

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
)

// Compare does the lab's work: it tells the events of lab.CompareSizes.
type Compare func(ctx context.Context, emit func(lab.Event)) error

// Model is the lab's model.
type Model struct {
	compare  Compare
	question string
	marked   int // the size that the learner has marked

	job      *job.Job
	progress lab.Progress
	ended    bool
	err      error
	sample   lab.SampleEvent
	sizes    map[string]map[int]lab.SizeEvent // by method and size
	reached  bool
	notice   string
}

// New makes the lab with the first size marked.
func New(compare Compare, question string) *Model {
	m := &Model{compare: compare, question: question, marked: lab.BottleneckSizes()[0]}
	m.clear()
	return m
}

func (m *Model) clear() {
	m.job, m.progress, m.ended, m.err = job.New(), lab.Progress{}, false, nil
	m.sizes = map[string]map[int]lab.SizeEvent{lab.Autoencoder: {}, lab.PCA: {}}
}

// Init implements lab.Screen.
func (m *Model) Init() tea.Cmd { return m.job.Start(m.compare) }

// Close implements lab.Screen.
func (m *Model) Close() { m.job.Stop() }

// Title implements lab.Screen.
func (m *Model) Title() string {
	return "bottleneck  errors with codes of 2 to 64, autoencoder and PCA"
}

// Task implements lab.Screen.
func (m *Model) Task() lab.Task {
	task := lab.BottleneckTask(m.errors(lab.Autoencoder), m.errors(lab.PCA), m.marked)
	task.Reached = task.Reached || m.reached
	return task
}

// errors are the errors of the sizes that are done.
func (m *Model) errors(method string) map[int]float64 {
	errors := map[int]float64{}
	for size, e := range m.sizes[method] {
		if e.Ended {
			errors[size] = e.Error
		}
	}
	return errors
}

// The actions of the lab.
const (
	left    keymap.Action = "left"
	right   keymap.Action = "right"
	restart keymap.Action = "restart"
)

// Keys implements lab.Screen.
func (m *Model) Keys() keymap.Table {
	return keymap.Table{
		{Action: left, Strokes: []string{"left"}, Label: "←", Help: "mark a size", Main: true},
		{Action: right, Strokes: []string{"right"}, Label: "→", Help: "mark a size", Main: true},
		{Action: restart, Strokes: []string{"r"}, Label: "r", Help: "restart", Main: true},
	}
}

// Update implements lab.Screen.
func (m *Model) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case job.Msg:
		if msg.Job == m.job {
			return m, m.handleEvents(msg)
		}
	case tea.KeyPressMsg:
		return m, m.handleKey(msg)
	}
	return m, nil
}

func (m *Model) handleEvents(msg job.Msg) tea.Cmd {
	for _, e := range msg.Events {
		switch e := e.(type) {
		case lab.Progress:
			m.progress = e
		case lab.SampleEvent:
			m.sample = e
		case lab.SizeEvent:
			m.sizes[e.Method][e.Latent] = e
		}
	}
	m.reached = m.Task().Reached
	if !msg.Ended {
		return m.job.Next
	}
	m.ended, m.err = true, msg.Err
	return nil
}

func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	action := m.Keys().Decode(msg)
	if action == "" {
		return nil
	}
	m.notice = ""
	if action == restart {
		return m.startOver()
	}
	sizes := lab.BottleneckSizes()
	at := slices.Index(sizes, m.marked) + 1
	if action == left {
		at -= 2
	}
	if at < 0 || at >= len(sizes) {
		m.notice = fmt.Sprintf("the sizes are %d to %d", sizes[0], sizes[len(sizes)-1])
		return nil
	}
	m.marked = sizes[at]
	m.reached = m.Task().Reached
	return nil
}

// startOver compares again, once the job before has left the processor.
func (m *Model) startOver() tea.Cmd {
	before := m.job
	before.Stop()
	m.clear()
	return m.job.StartAfter(before, func(ctx context.Context, emit func(lab.Event)) error {
		return m.compare(ctx, emit)
	})
}
