// Package train is the lab train on the screen: a run that can be watched, paused, stepped and changed while it learns.
package train

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/steer"
)

// Run is a training run. Start works until the run ends; the other methods may be called from another goroutine
// meanwhile and return at once, so the model calls them in Update, in the order of the keys.
type Run interface {
	// Start trains and calls emit for each event; the last one is a DoneEvent or an ErrorEvent.
	Start(ctx context.Context, emit func(engine.Event))
	Pause()
	Resume()
	Step()
	Stop()
	SetLearningRate(float64) error
	SetBatchSize(int) error
}

// Prepared is a run that is ready to start, and what the screen says about it.
type Prepared struct {
	Run          Run
	Architecture string // "784–256–64–16–64–256–784"
	Parameters   int
	Backend      string // "go, simd, 2 cores"
	Examples     int    // training examples of an epoch; 0 where it is not known
	// Of a table, else nil: the names of its columns, and of the rows that are redrawn, "line 17".
	Columns, Rows []string
}

// Prepare opens what a run needs, its backend and its data, and makes the run. It runs in a command and may take
// seconds; it gives up when ctx ends.
type Prepare func(ctx context.Context, s lab.TrainSettings) (Prepared, error)

// Model is the lab's model.
type Model struct {
	prepare  Prepare
	settings lab.TrainSettings  // of the present run while it works, of the next one after it
	other    *lab.TrainSettings // for the data that are not learned at present, nil where there are no others
	question string
	reached  bool // the task; it stays reached when the learner starts over

	job      *job.Job // works the present run
	prepared Prepared
	now      *history
	last     *history // the run before, nil without one
	overlay  bool     // draw last

	state   steer.State
	notice  board.Notice
	changed keymap.Action // the setting that a key changed last, else ""
}

// New makes the lab with its question.
func New(prepare Prepare, settings lab.TrainSettings, question string) *Model {
	return &Model{question: question, prepare: prepare, settings: settings, job: job.New(), now: newHistory(), overlay: true}
}

// Offer lets the learner choose other data, with the settings that suit them.
func (m *Model) Offer(other lab.TrainSettings) { m.other = &other }

// Init implements lab.Screen.
func (m *Model) Init() tea.Cmd { return m.begin(nil) }

// begin prepares the present run, once the run before has left the processor.
func (m *Model) begin(before *job.Job) tea.Cmd {
	prepare, settings := m.prepare, m.settings
	return job.Prepare(m.job, before, func(ctx context.Context) (Prepared, error) { return prepare(ctx, settings) })
}

// Close implements lab.Screen.
func (m *Model) Close() { m.job.Stop() }

// Title implements lab.Screen. With the name of the program before it, the default fills a line of 80 cells.
func (m *Model) Title() string {
	if m.prepared.Run == nil {
		return "train"
	}
	return fmt.Sprintf("train  %s  %s parameters  %s",
		m.prepared.Architecture, board.Thousands(m.prepared.Parameters), m.prepared.Backend)
}

// Update implements lab.Screen.
func (m *Model) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case job.Prepared[Prepared]:
		return m, m.handlePrepared(msg)
	case job.Msg:
		return m, m.handleEvents(msg)
	case tea.KeyPressMsg:
		return m, m.handleKey(msg)
	}
	return m, nil
}

func (m *Model) handlePrepared(msg job.Prepared[Prepared]) tea.Cmd {
	if msg.Job != m.job {
		return nil
	}
	if msg.Err != nil {
		m.now.err, m.state.Ended = msg.Err, true
		return nil
	}
	m.prepared, m.state.Ready = msg.Made, true
	// The learner may have changed the settings while the run was prepared with the old ones.
	err := errors.Join(m.prepared.Run.SetLearningRate(m.settings.LearningRate),
		m.prepared.Run.SetBatchSize(m.settings.BatchSize))
	if err != nil {
		m.notice.Refuse("%v", err)
	}
	run := m.prepared.Run
	return m.job.Start(func(ctx context.Context, emit func(lab.Event)) error {
		run.Start(ctx, func(e engine.Event) { emit(e) })
		return nil
	})
}

func (m *Model) handleEvents(msg job.Msg) tea.Cmd {
	if msg.Job != m.job {
		return nil
	}
	for _, e := range msg.Events {
		m.now.add(e)
	}
	m.state.Ended = m.now.ended()
	m.reached = m.reached || lab.TrainTask(m.settings, m.now.best).Reached
	if !msg.Ended {
		return m.job.Next
	}
	if msg.Err != nil {
		m.now.err = msg.Err
	}
	if !m.now.ended() {
		m.now.err = errors.New("the run ended without a result; r starts over")
	}
	// How the run ended matters more than the answer to an earlier key.
	m.state, m.notice = steer.State{Ended: true}, board.Notice{}
	return nil
}

// switchData starts over with the other data. Losses of different data cannot be compared, so the earlier run is forgotten.
func (m *Model) switchData() tea.Cmd {
	settings := m.settings
	m.settings, m.other = *m.other, &settings
	m.now = newHistory()
	cmd := m.restart()
	m.last = nil
	return cmd
}

// restart leaves the present run for a new one, and keeps what it has shown to lay the new one over it.
func (m *Model) restart() tea.Cmd {
	before := m.job
	before.Stop()
	if len(m.now.train) > 0 {
		m.last, m.overlay = m.now, true
	}
	m.job, m.now, m.prepared.Run = job.New(), newHistory(), nil
	m.state = steer.State{}
	return m.begin(before)
}
