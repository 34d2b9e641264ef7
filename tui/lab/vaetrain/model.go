// Package vaetrain is the lab vae-train on the screen: a variational autoencoder whose two losses, codes and drawn digits
// can be watched while it learns, and whose β can be changed meanwhile.
package vaetrain

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/steer"
)

// Work trains with some settings and tells what lab.TrainVAE tells.
type Work func(ctx context.Context, s lab.VAESettings, emit func(lab.Event)) error

// Model is the lab's model.
type Model struct {
	work     Work
	settings lab.VAESettings // of the present run while it works, of the next one after it
	question string
	reached  bool // the task; it stays reached when the learner starts over

	job     *job.Job // works the present run
	control lab.VAEControl
	start   lab.VAEStart
	now     *history
	last    *history // the run before, nil without one
	overlay bool     // draw last

	state   steer.State
	notice  board.Notice
	changed keymap.Action // the setting that a key changed last, else ""
}

// New makes the lab with its question.
func New(work Work, settings lab.VAESettings, question string) *Model {
	return &Model{work: work, settings: settings, question: question, job: job.New(), now: newHistory(settings), overlay: true}
}

// Init implements lab.Screen.
func (m *Model) Init() tea.Cmd { return m.begin(nil) }

// Close implements lab.Screen.
func (m *Model) Close() { m.job.Stop() }

// Title implements lab.Screen.
func (m *Model) Title() string {
	if m.start.Architecture == "" {
		return "vae-train"
	}
	return fmt.Sprintf("vae-train  %s  %s parameters  %s", m.start.Architecture, board.Thousands(m.start.Parameters), m.start.Backend)
}

// Task implements lab.Screen.
func (m *Model) Task() lab.Task {
	t := m.now.look.Task
	t.Reached, t.Figure = m.reached, m.now.figure
	return t
}

// Update implements lab.Screen.
func (m *Model) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case job.Msg:
		return m, m.handleEvents(msg)
	case tea.KeyPressMsg:
		return m, m.handleKey(m.Keys().Decode(msg))
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelUp:
			return m, m.handleKey(raise)
		case tea.MouseWheelDown:
			return m, m.handleKey(lower)
		default: // The wheel turns sideways too.
		}
	}
	return m, nil
}

// begin works the present job, once the one before has left the processor.
func (m *Model) begin(before *job.Job) tea.Cmd {
	work, settings := m.work, m.settings
	return m.job.StartAfter(before, func(ctx context.Context, emit func(lab.Event)) error {
		return work(ctx, settings, emit)
	})
}

func (m *Model) handleEvents(msg job.Msg) tea.Cmd {
	if msg.Job != m.job {
		return nil
	}
	for _, e := range msg.Events {
		if start, ok := e.(lab.VAEStart); ok {
			m.handleStart(start)
		}
		m.now.add(e)
	}
	m.state.Ended = m.now.ended()
	m.reached = m.reached || m.now.reached
	if !msg.Ended {
		return m.job.Next
	}
	m.now.err = msg.Err
	if !m.now.ended() {
		m.now.err = errors.New("the run ended without a result; r starts over")
	}
	// How the run ended matters more than the answer to an earlier key.
	m.state, m.notice = steer.State{Ended: true}, board.Notice{}
	return nil
}

// handleStart takes over a run that is ready. The learner may have changed β while it was made with the old one.
func (m *Model) handleStart(start lab.VAEStart) {
	m.start, m.control, m.state.Ready = start, start.Control, true
	if err := m.control.SetBeta(m.settings.Beta); err != nil {
		m.notice.Refuse("%v", err)
	}
}

// restart leaves the present run for a new one, and keeps what it has shown to lay the new one over it.
func (m *Model) restart() tea.Cmd {
	before := m.job
	before.Stop()
	if len(m.now.trainKL) > 0 {
		m.last, m.overlay = m.now, true
	}
	m.job, m.now, m.control = job.New(), newHistory(m.settings), nil
	m.state = steer.State{}
	return m.begin(before)
}
