// Package latentmap is the lab latent-map on the screen: held-out digits as points of a plane, the neighbours of one of
// them as pictures with their vote, and codes compared with pixels.
package latentmap

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/learning"
	"github.com/aetutor/aetutor/tui/widget"
)

// Explore does the lab's work: it tells the events of lab.ExploreDigits.
type Explore func(ctx context.Context, s lab.LatentMapSettings, pixels bool, emit func(lab.Event)) error

// nobody is the number of no digit.
const nobody = -1

// Model is the lab's model.
type Model struct {
	explore  Explore
	settings lab.LatentMapSettings
	question string

	width, height int      // of the lab's area
	job           *job.Job // explores
	ended         bool     // it has
	progress      lab.Progress
	learning      learning.Run // the autoencoder of the present size, where it was not kept
	err           error

	digits     lab.DigitsEvent
	pixels     view // what is known of the pixels
	latent     view // and of the codes of the present size
	showPixels bool // the map of the pixels, where both are there
	query      int  // the held-out digit that is looked at

	from int      // where the interpolation starts, or nobody
	path *job.Job // decodes it, nil without one
	drew [][]float32

	notice  board.Notice
	changed setting
	reached bool
}

// view is what is known of one space.
type view struct {
	space  lab.SpaceEvent
	plane  lab.MapEvent
	groups []widget.ScatterGroup // of the plane, without colours
}

// setting is what a key changed last.
type setting int

const (
	nothing setting = iota
	ofK
	ofLatent
	ofQuery
)

// New makes the lab.
func New(explore Explore, s lab.LatentMapSettings, question string) *Model {
	return &Model{explore: explore, settings: s, question: question, job: job.New(), from: nobody, width: 80, height: 22}
}

// Init implements lab.Screen.
func (m *Model) Init() tea.Cmd { return m.start(nil) }

// Close implements lab.Screen.
func (m *Model) Close() {
	m.job.Stop()
	if m.path != nil {
		m.path.Stop()
	}
}

// Title implements lab.Screen.
func (m *Model) Title() string {
	if m.digits.Queries == nil {
		return "latent map"
	}
	shown := m.shown().plane
	if shown.Queries == nil {
		return fmt.Sprintf("latent map  %s held-out digits", board.Thousands(m.digits.Asked))
	}
	name := "codes"
	if shown.Space == lab.Pixels {
		name = "pixels"
	}
	return fmt.Sprintf("latent map  %s, %d → 2 by PCA  %s held-out digits", name, shown.Width, board.Thousands(m.digits.Asked))
}

// Task implements lab.Screen.
func (m *Model) Task() lab.Task {
	task := lab.LatentMapTask(m.latent.space, m.pixels.space, m.settings.K)
	task.Reached = task.Reached || m.reached
	return task
}

// start explores, once the job before has left the processor: what is measured must not share it.
func (m *Model) start(before *job.Job) tea.Cmd {
	explore, settings, pixels := m.explore, m.settings, !m.pixels.complete()
	return m.job.StartAfter(before, func(ctx context.Context, emit func(lab.Event)) error {
		return explore(ctx, settings, pixels, emit)
	})
}

// complete reports whether all is known of a space.
func (v view) complete() bool { return v.space.Ended && v.plane.Queries != nil }

// restart explores again with the present settings. What is known of the pixels stays: it does not depend on them.
func (m *Model) restart() tea.Cmd {
	before := m.job
	before.Stop()
	m.job, m.ended, m.err, m.progress = job.New(), false, nil, lab.Progress{}
	m.latent, m.learning = view{}, learning.Run{}
	m.endPath()
	return m.start(before)
}

// training reports whether the autoencoder is being trained.
func (m *Model) training() bool {
	return m.learning.Began() && m.latent.plane.Queries == nil && !m.ended
}

// shown is the space whose map is on the screen: that of the codes, unless the learner wants the other or waits for them.
func (m *Model) shown() view {
	if m.pixels.plane.Queries != nil && (m.showPixels || m.latent.plane.Queries == nil) {
		return m.pixels
	}
	return m.latent
}

// Update implements lab.Screen.
func (m *Model) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case job.Msg:
		switch msg.Job {
		case m.job:
			return m, m.handleEvents(msg)
		case m.path:
			return m, m.handlePath(msg)
		}
	case tea.KeyPressMsg:
		return m, m.handleKey(msg)
	case tea.MouseClickMsg:
		return m, m.handleClick(msg)
	case tea.MouseWheelMsg:
		m.handleWheel(msg)
	}
	return m, nil
}

func (m *Model) handleEvents(msg job.Msg) tea.Cmd {
	for _, e := range msg.Events {
		switch e := e.(type) {
		case lab.Progress:
			m.progress = e
		case lab.DigitsEvent:
			m.digits = e
			m.query = min(m.query, max(e.Asked-1, 0))
		case lab.SpaceEvent:
			m.of(e.Space).space = e
		case lab.MapEvent:
			v := m.of(e.Space)
			v.plane, v.groups = e, group(e, m.digits)
		default:
			m.learning.Add(e)
		}
	}
	m.reached = m.Task().Reached
	if !msg.Ended {
		return m.job.Next
	}
	m.ended, m.err = true, msg.Err
	return nil
}

func (m *Model) of(space string) *view {
	if space == lab.Pixels {
		return &m.pixels
	}
	return &m.latent
}

// neighbors are the k nearest references of the query in a space, nil before they are known.
func (m *Model) neighbors(v view) []int {
	if m.query >= v.space.Queries {
		return nil
	}
	from := m.query * lab.MostNeighbors
	return v.space.Neighbors[from : from+m.settings.K]
}

// vote is the class that the k nearest give the query; false before it is known.
func (m *Model) vote(v view, query int) (uint8, bool) {
	if query >= v.space.Queries {
		return 0, false
	}
	return v.space.Votes[m.settings.K-1][query], true
}

// choose makes a digit the query.
func (m *Model) choose(query int) tea.Cmd {
	m.query, m.changed = query, ofQuery
	if m.from != nobody {
		return m.decodePath()
	}
	return nil
}
