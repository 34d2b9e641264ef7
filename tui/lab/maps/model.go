// Package maps is the lab maps on the screen: held-out digits on maps that are drawn while their models train, what
// k-means finds among them and what a linear classifier knows of them.
package maps

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/learning"
)

// Work is what the lab computes; it runs outside Update.
type Work struct {
	// Make makes the maps; see lab.MakeMaps for what it tells.
	Make func(ctx context.Context, s lab.MapsSettings, emit func(lab.Event)) error
	// Cluster clusters a representation; it tells lab.Progress.
	Cluster func(ctx context.Context, f *lab.Features, k int, seed int64, emit func(lab.Event)) (lab.ClusterEvent, error)
}

// row is what is known of a representation.
type row struct {
	on       string
	features *lab.FeaturesEvent
	points   [][2]float64
	ready    bool // points will not change any more
	clusters *lab.ClusterEvent
	probe    *lab.ProbeEvent
}

// Model is the lab's model.
type Model struct {
	work     Work
	settings lab.MapsSettings // K is that of the next clustering
	question string
	best     *lab.ClusterEvent // the clustering of the highest ARI so far
	reached  bool

	making   *job.Job
	gate     *job.Gate // of making
	paused   bool
	made     bool
	progress lab.Progress // of making
	learning learning.Run // the model that is trained
	err      error

	clustering *job.Job // nil while none is
	clustered  lab.Progress

	rows      []row
	at        int  // the chosen one of rows
	byCluster bool // colours show clusters, not digits
	notice    board.Notice

	width, height int
}

// New makes the lab with its question.
func New(work Work, settings lab.MapsSettings, question string) *Model {
	m := &Model{work: work, settings: settings, question: question}
	m.at = max(slices.Index(lab.Representations(), settings.On), 0)
	m.clear()
	return m
}

// clear forgets what has been made.
func (m *Model) clear() {
	m.rows = nil
	for _, on := range lab.Representations() {
		m.rows = append(m.rows, row{on: on})
	}
	m.making, m.gate, m.clustering = job.New(), job.NewGate(), nil
	m.paused, m.made, m.err, m.progress, m.learning = false, false, nil, lab.Progress{}, learning.Run{}
}

// Init implements lab.Screen.
func (m *Model) Init() tea.Cmd {
	gate, settings := m.gate, m.settings
	return m.making.Start(func(ctx context.Context, emit func(lab.Event)) error {
		return m.work.Make(ctx, settings, func(e lab.Event) {
			gate.Wait(ctx)
			emit(e)
		})
	})
}

// Close implements lab.Screen.
func (m *Model) Close() {
	m.making.Stop()
	m.stopClustering()
}

func (m *Model) stopClustering() {
	if m.clustering != nil {
		m.clustering.Stop()
		m.clustering = nil
	}
}

// Title implements lab.Screen.
func (m *Model) Title() string { return "maps  5,000 held-out digits, in few numbers each" }

// Task implements lab.Screen.
func (m *Model) Task() lab.Task {
	t := lab.MapsTask(m.best)
	t.Reached = t.Reached || m.reached
	return t
}

// Update implements lab.Screen.
func (m *Model) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case job.Msg:
		return m, m.handleEvents(msg)
	case tea.KeyPressMsg:
		return m, m.handleKey(msg)
	case tea.MouseClickMsg:
		first := m.tableRow(m.width, m.height) + 1
		if i := msg.Y - first; msg.Button == tea.MouseLeft && i >= 0 && i < len(m.rows) {
			m.at = i
			m.settings.On = m.rows[i].on
		}
	}
	return m, nil
}

func (m *Model) handleEvents(msg job.Msg) tea.Cmd {
	clustering := m.clustering != nil && msg.Job == m.clustering
	if msg.Job != m.making && !clustering {
		return nil
	}
	for _, e := range msg.Events {
		if p, ok := e.(lab.Progress); ok && clustering {
			m.clustered = p
		} else {
			m.add(e)
		}
	}
	switch {
	case !msg.Ended:
		return msg.Job.Next
	case clustering:
		m.clustering = nil
		if msg.Err != nil {
			m.notice.Refuse("%v", msg.Err)
		}
	default:
		m.made, m.paused, m.err = true, false, msg.Err
	}
	return nil
}

// add takes an event of either work.
func (m *Model) add(e lab.Event) {
	find := func(on string) *row {
		if i := slices.IndexFunc(m.rows, func(r row) bool { return r.on == on }); i >= 0 {
			return &m.rows[i]
		}
		return &row{}
	}
	switch e := e.(type) {
	case lab.Progress:
		m.progress = e
	case lab.FeaturesEvent:
		find(e.On).features = &e
	case lab.PlaneEvent:
		r := find(e.On)
		r.points, r.ready = e.Points, e.Ready
	case lab.ProbeEvent:
		find(e.On).probe = &e
	case lab.ClusterEvent:
		find(e.On).clusters = &e
		if m.best == nil || e.ARI > m.best.ARI {
			m.best = &e
		}
		m.reached = m.reached || lab.MapsTask(&e).Reached
	default:
		m.learning.Add(e)
	}
}
