// Package noisebench is the lab noise-bench on the screen: noise of a kind and a strength, and side by side what two
// autoencoders and two filters make of it.
package noisebench

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/learning"
	"github.com/aetutor/aetutor/tui/widget"
)

// Run trains a denoising autoencoder. Work works until the run ends; the other methods return at once and may be called
// meanwhile.
type Run interface {
	Work(ctx context.Context, emit func(lab.Event)) error
	Pause()
	Resume()
	Stop()
}

// Work is what the lab computes. Its functions run in goroutines of their own and end with ctx.
type Work struct {
	Prepare func(ctx context.Context, s lab.NoiseSettings, emit func(lab.Event)) error // gets the plain autoencoder
	Compare func(ctx context.Context, s lab.NoiseSettings, emit func(lab.Event)) error // tells pictures and measures
	NewRun  func(ctx context.Context, s lab.NoiseSettings) (Run, error)
}

// Model is the lab's model.
type Model struct {
	work     Work
	settings lab.NoiseSettings
	question string
	reached  bool // the task; it stays reached

	prepare, compare, train *job.Job // nil where there is none
	doing                   lab.Progress
	preparing               bool
	plain                   learning.Run      // the plain autoencoder, while it is trained
	prepared                lab.NoiseSettings // those that prepare began with

	pictures lab.PicturesEvent
	measures map[lab.Method]lab.MethodEvent
	stale    map[lab.Method]bool // measured for an earlier noise
	first    int                 // the example at the top

	training  training
	err       error
	untrained bool // err is why there is no trained run
	notice    board.Notice
}

// training is the run that is shown.
type training struct {
	settings          lab.NoiseSettings
	run               Run
	steps, validation []widget.Point
	step              engine.StepEvent
	done              *engine.DoneEvent
	paused, stopping  bool
}

// New makes the lab.
func New(work Work, settings lab.NoiseSettings, question string) *Model {
	return &Model{
		work: work, settings: settings, question: question,
		measures: map[lab.Method]lab.MethodEvent{}, stale: map[lab.Method]bool{},
	}
}

// Init implements lab.Screen.
func (m *Model) Init() tea.Cmd { return tea.Batch(m.startCompare(), m.startPrepare()) }

// Close implements lab.Screen.
func (m *Model) Close() {
	for _, j := range []*job.Job{m.prepare, m.compare, m.train} {
		stop(j)
	}
}

func stop(j *job.Job) {
	if j != nil {
		j.Stop()
	}
}

// Title implements lab.Screen.
func (m *Model) Title() string {
	return "noise-bench  " + string(m.settings.Data) + "  " + string(m.settings.Kind) + " " + board.Fixed(m.settings.Strength, 2)
}

// Task implements lab.Screen.
func (m *Model) Task() lab.Task {
	var gain *float64
	if e, ok := m.measures[lab.Denoising]; ok && !m.stale[lab.Denoising] {
		gain = &e.Gain
	}
	task := lab.NoiseTask(m.settings.Data, gain)
	task.Reached = m.reached
	return task
}

// Update implements lab.Screen.
func (m *Model) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case job.Msg:
		return m, m.handleEvents(msg)
	case job.Prepared[Run]:
		return m, m.handleRun(msg)
	case tea.KeyPressMsg:
		return m, m.handleKey(msg)
	case tea.MouseWheelMsg:
		m.scroll(map[tea.MouseButton]int{tea.MouseWheelUp: -1, tea.MouseWheelDown: 1}[msg.Button])
	}
	return m, nil
}

// startPrepare gets the plain autoencoder of the present data.
func (m *Model) startPrepare() tea.Cmd {
	stop(m.prepare)
	s, prepare := m.settings, m.work.Prepare
	m.prepare, m.preparing, m.doing = job.New(), true, lab.Progress{}
	m.plain, m.prepared = learning.Run{}, s
	return m.prepare.Start(func(ctx context.Context, emit func(lab.Event)) error { return prepare(ctx, s, emit) })
}

// startCompare compares for the present settings, once the comparison before has left the processor.
func (m *Model) startCompare() tea.Cmd {
	before := m.compare
	stop(before)
	for method := range m.measures {
		m.stale[method] = true
	}
	s, compare := m.settings, m.work.Compare
	m.compare = job.New()
	return m.compare.StartAfter(before, func(ctx context.Context, emit func(lab.Event)) error {
		return compare(ctx, s, emit)
	})
}

// startTraining makes a run for the present noise, once the run before has left the processor.
func (m *Model) startTraining() tea.Cmd {
	before := m.train
	stop(before)
	settings, newRun := m.settings, m.work.NewRun
	m.train, m.training = job.New(), training{settings: settings}
	return job.Prepare(m.train, before, func(ctx context.Context) (Run, error) { return newRun(ctx, settings) })
}

func (m *Model) handleRun(msg job.Prepared[Run]) tea.Cmd {
	if msg.Job != m.train {
		if msg.Err == nil {
			msg.Job.Refuse()
		}
		return nil
	}
	if msg.Err != nil {
		m.err, m.untrained, m.train, m.training = msg.Err, true, nil, training{}
		return nil
	}
	m.training.run = msg.Made
	return m.train.Start(msg.Made.Work)
}

func (m *Model) handleEvents(msg job.Msg) tea.Cmd {
	switch msg.Job {
	case nil:
		return nil
	case m.prepare, m.compare, m.train:
	default:
		return nil
	}
	for _, e := range msg.Events {
		m.add(msg.Job, e)
	}
	if !msg.Ended {
		return msg.Job.Next
	}
	if msg.Err != nil {
		m.err, m.untrained = msg.Err, msg.Job == m.train
	}
	switch msg.Job {
	case m.prepare:
		m.preparing, m.doing = false, lab.Progress{}
		if msg.Err == nil {
			return m.startCompare()
		}
	case m.train:
		// How the run ended matters more than the answer to an earlier key.
		m.training.paused, m.training.stopping, m.training.run, m.notice = false, false, nil, board.Notice{}
		if msg.Err == nil {
			return m.startCompare()
		}
	}
	return nil
}

// addPlain takes what is told while the plain autoencoder is trained. Its pictures are of the noise with which that began.
func (m *Model) addPlain(event lab.Event) {
	m.plain.Add(event)
	switch e := event.(type) {
	case lab.Progress:
		m.doing = e
	case lab.PicturesEvent:
		m.addPictures(e, m.prepared == m.settings, true)
	}
}

// add takes what a job tells.
func (m *Model) add(from *job.Job, event lab.Event) {
	if from == m.prepare {
		m.addPlain(event)
		return
	}
	present := from != m.train || m.training.settings == m.settings
	switch e := event.(type) {
	case lab.PicturesEvent:
		m.addPictures(e, present, from == m.train)
	case lab.MethodEvent:
		if present {
			m.measures[e.Method], m.stale[e.Method] = e, false
			m.reached = m.reached || e.Method == lab.Denoising && lab.NoiseTask(m.settings.Data, &e.Gain).Reached
		}
	case engine.StepEvent:
		m.training.step = e
		m.training.steps = widget.Extend(m.training.steps, widget.Point{X: e.Progress, Y: e.Loss})
	case engine.ValidationEvent:
		m.training.validation = widget.Extend(m.training.validation, widget.Point{X: e.Progress, Y: e.Loss})
	case engine.DoneEvent:
		m.training.done = &e
	}
}

// addPictures takes new pictures. A run redraws those of its own method only.
func (m *Model) addPictures(e lab.PicturesEvent, present, part bool) {
	switch {
	case !present:
	case !part || m.pictures.Others == nil:
		m.pictures = e
	default:
		for method, pictures := range e.Others {
			m.pictures.Others[method], m.pictures.Detail[method] = pictures, e.Detail[method]
		}
	}
	if m.first >= len(m.pictures.Clean) {
		m.first = 0
	}
}
