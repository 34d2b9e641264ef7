// Package threshold is the lab threshold on the screen: a threshold over the errors of normal and anomalous examples,
// and what it gets right.
package threshold

import (
	"context"
	"errors"
	"math"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/engine/anomaly"
	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/learning"
)

// Score scores the examples that the settings ask for. It tells lab.Progress and the training of its model while
// it works.
type Score func(ctx context.Context, s lab.ThresholdSettings, emit func(lab.Event)) (*lab.ThresholdScores, error)

// readyMsg is the last event of a job that went well.
type readyMsg struct{ sets sets }

// Kind implements lab.Event.
func (readyMsg) Kind() string { return "ready" }

// Model is the lab's model.
type Model struct {
	score    Score
	settings lab.ThresholdSettings
	kinds    []string // of data, in the order of their key
	question string

	job           *job.Job
	learning      learning.Run
	sets          *sets // nil until they are scored
	err           error
	width, height int // of the area, for clicks

	threshold float64
	by        string  // how it was chosen: "k 3", "by hand"
	given     float64 // the number within by, to go on from when its key is pressed again
	fine      bool
	pr        bool // the PR curve instead of ROC
	worst     worst
	judged    *anomaly.Counts // of the last threshold that was judged
	judgedAt  float64
	task      lab.Task // as it was reached
	notice    board.Notice
}

// worst says which mistakes are looked at.
type worst int

const (
	noMistakes worst = iota
	falseAlarms
	misses
)

// New makes the lab with the kinds of data that there are and its question.
func New(score Score, settings lab.ThresholdSettings, kinds []string, question string) *Model {
	return &Model{score: score, settings: settings, kinds: kinds, question: question, job: job.New()}
}

// Init implements lab.Screen.
func (m *Model) Init() tea.Cmd { return m.start(nil, 0) }

// Close implements lab.Screen.
func (m *Model) Close() { m.job.Stop() }

// Title implements lab.Screen.
func (m *Model) Title() string {
	if m.sets == nil {
		return "threshold"
	}
	return "threshold  " + m.sets.scores.Model
}

// dataRest is how long a choice of data rests before it is scored: a learner who passes one on the way to the next wants
// no model trained for it.
const dataRest = 400 * time.Millisecond

// start scores the data of the settings after a rest, once the job before has left the processor.
func (m *Model) start(before *job.Job, rest time.Duration) tea.Cmd {
	score, settings := m.score, m.settings
	return m.job.StartAfter(before, func(ctx context.Context, emit func(lab.Event)) error {
		select {
		case <-time.After(rest):
		case <-ctx.Done():
			return ctx.Err()
		}
		scores, err := score(ctx, settings, emit)
		if err != nil {
			return err
		}
		s, err := newSets(scores, settings.Share)
		if err != nil {
			return err
		}
		emit(readyMsg{s})
		return nil
	})
}

// Update implements lab.Screen.
func (m *Model) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case job.Msg:
		return m, m.handleEvents(msg)
	case tea.KeyPressMsg:
		return m, m.handleKey(msg)
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.MouseClickMsg:
		m.handleClick(msg.Mouse())
	case tea.MouseWheelMsg:
		m.handleWheel(msg.Mouse())
	}
	return m, nil
}

func (m *Model) handleEvents(msg job.Msg) tea.Cmd {
	if msg.Job != m.job {
		return nil
	}
	for _, event := range msg.Events {
		switch e := event.(type) {
		case readyMsg:
			m.show(e.sets)
		default:
			m.learning.Add(e)
		}
	}
	if !msg.Ended {
		return m.job.Next
	}
	m.err = msg.Err
	if m.err == nil && m.sets == nil {
		m.err = errors.New("the lab ended without a result")
	}
	return nil
}

// show puts the threshold where half of the normal examples would be flagged: far too low, so there is something to do.
func (m *Model) show(s sets) {
	m.sets = &s
	m.judged = nil
	m.choose(math.NaN(), "", 0)
	if t, err := anomaly.QuantileThreshold(s.scores.Calibration, 0.5); err == nil {
		m.choose(t, "q 0.5", 0)
	}
}

// Task implements lab.Screen.
func (m *Model) Task() lab.Task {
	now := lab.ThresholdTask(m.settings, m.judged)
	if !m.task.Reached {
		return now
	}
	reached := m.task
	reached.Figure = now.Figure
	return reached
}

// judge counts the threshold on the unseen examples. Looking at them before choosing would make them seen, so it is the
// learner who asks.
func (m *Model) judge() {
	counts := m.sets.unseen.Counts(m.threshold)
	m.judged, m.judgedAt = &counts, m.threshold
	if task := lab.ThresholdTask(m.settings, &counts); task.Reached {
		m.task = task
	}
	m.notice.Say("judged on %s unseen examples: precision %.3f, recall %.3f",
		board.Thousands(m.sets.scores.Unseen.Len(m.settings.Share)), counts.Precision(), counts.Recall())
}
