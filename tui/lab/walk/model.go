// Package walk is the lab walk on the screen: a learner moves through the latent space of an autoencoder and of a VAE and
// sees what each decodes there.
package walk

import (
	"context"
	"fmt"
	"math"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/learning"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// Walker decodes with both models. Its methods compute, so the model calls them in jobs only.
type Walker interface {
	Look(ctx context.Context, at lab.Place) (lab.Sight, error)
	Draw(ctx context.Context, seed int64) (lab.Draws, error)
}

// Opened is the trained models and what the screen draws of them.
type Opened struct {
	Walker Walker
	Maps   [2]lab.WalkMap
	Digits lab.PixelStats // of real digits
}

// Open gets the models and tells its progress. It gives up when ctx ends.
type Open func(ctx context.Context, emit func(lab.Event)) (Opened, error)

// Kind implements lab.Event.
func (Opened) Kind() string { return "opened" }

// seen brings what a job decoded.
type seen struct {
	sight lab.Sight
	draws *lab.Draws // nil unless they were asked for
	seed  int64      // of draws
}

// Kind implements lab.Event.
func (seen) Kind() string { return "seen" }

// Model is the lab's model.
type Model struct {
	open     Open
	question string
	step     float64 // how far a key moves

	job      *job.Job     // opens the models or decodes
	busy     bool         // job is at work
	learning learning.Run // the models, one after the other, where they were not kept
	opened   *Opened      // nil until the models are there
	points   [2][]widget.ScatterGroup
	rim      int // of the pictures of the grids

	at     lab.Place // where the learner is
	sight  *lab.Sight
	seed   int64 // of the draws that the learner wants; they are decoded with the first look
	drawn  int64 // of the draws that are there
	draws  *lab.Draws
	found  lab.Found
	view   view
	shown  shown
	err    error
	notice string

	width, height int // of the lab's area, for clicks
}

// view is what the lab shows of the models.
type view int

const (
	onMap view = iota
	onGrid
	onSamples
)

// shown is which models are shown.
type shown int

const (
	both shown = iota
	vaeOnly
	plainOnly
)

// models are the indices of the shown models, from left to right.
func (s shown) models() []int {
	switch s {
	case vaeOnly:
		return []int{lab.WalkVAE}
	case plainOnly:
		return []int{lab.WalkPlain}
	default:
		return []int{lab.WalkPlain, lab.WalkVAE}
	}
}

// New makes the lab with its question. step is how far a key moves, seed decides the first samples.
func New(open Open, step float64, seed int64, question string) *Model {
	return &Model{open: open, question: question, step: step, seed: seed, job: job.New()}
}

// Init implements lab.Screen.
func (m *Model) Init() tea.Cmd {
	m.busy = true
	open := m.open
	return m.job.Start(func(ctx context.Context, emit func(lab.Event)) error {
		opened, err := open(ctx, emit)
		if err == nil {
			emit(opened)
		}
		return err
	})
}

// Close implements lab.Screen.
func (m *Model) Close() { m.job.Stop() }

// Title implements lab.Screen.
func (m *Model) Title() string { return "walk  two latent dimensions, autoencoder and VAE" }

// Task implements lab.Screen.
func (m *Model) Task() lab.Task { return m.found.Task() }

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
		return m, m.handleClick(msg)
	}
	return m, nil
}

func (m *Model) handleEvents(msg job.Msg) tea.Cmd {
	if msg.Job != m.job {
		return nil
	}
	for _, e := range msg.Events {
		switch e := e.(type) {
		case Opened:
			m.handleOpened(e)
		case seen:
			m.sight = &e.sight
			m.found.Add(e.sight)
			if e.draws != nil {
				m.draws, m.drawn = e.draws, e.seed
			}
		default:
			m.learning.Add(e)
		}
	}
	if !msg.Ended {
		return m.job.Next
	}
	m.busy, m.err = false, msg.Err
	if m.err != nil {
		return nil
	}
	return m.decode()
}

// handleOpened keeps the models in the form in which they are drawn.
func (m *Model) handleOpened(o Opened) {
	m.opened = &o
	var all []widget.Picture
	for i, atlas := range o.Maps {
		m.points[i] = groups(atlas)
		all = append(all, widget.Squares(atlas.Grid)...)
	}
	m.rim = widget.Rim(all)
}

// decode begins to work out what the learner wants to see and is not there yet. What is asked for meanwhile is decoded
// next: a held key then never waits for its end, and no picture is older than one look.
func (m *Model) decode() tea.Cmd {
	if m.opened == nil || m.busy {
		return nil
	}
	at, seed, walker := m.at, m.seed, m.opened.Walker
	draw := m.draws == nil || m.drawn != seed
	if m.sight != nil && m.sight.At == at && !draw {
		return nil
	}
	m.job, m.busy = job.New(), true
	return m.job.Start(func(ctx context.Context, emit func(lab.Event)) error {
		sight, err := walker.Look(ctx, at)
		if err != nil {
			return err
		}
		s := seen{sight: sight, seed: seed}
		if draw && ctx.Err() == nil {
			draws, err := walker.Draw(ctx, seed)
			if err != nil {
				return err
			}
			s.draws = &draws
		}
		emit(s)
		return nil
	})
}

// restart tries again after a failure.
func (m *Model) restart() tea.Cmd {
	m.err, m.learning = nil, learning.Run{}
	if m.opened != nil {
		return m.decode()
	}
	m.job = job.New()
	return m.Init()
}

// farthest is how far the learner can go in either direction.
const farthest = 3.5

func (m *Model) move(dx, dy float64) tea.Cmd {
	to := lab.Place{m.at[0] + dx*m.step, m.at[1] + dy*m.step}
	for d := range to {
		to[d] = math.Round(to[d]*1e6) / 1e6 // Many steps of a tenth must still lead back to 0.
		if math.Abs(to[d]) > farthest {
			m.notice = fmt.Sprintf("the map ends at %g σ; hardly a draw from N(0, 1) lies farther out", farthest)
			return nil
		}
	}
	m.at, m.view = to, onMap
	return m.decode()
}

// handleClick goes to the place of the map under the pointer, on the grid of steps.
func (m *Model) handleClick(msg tea.MouseClickMsg) tea.Cmd {
	if m.view != onMap || m.opened == nil {
		return nil
	}
	for _, p := range m.panels(m.width, m.height-len(m.bottom(m.width, theme.Theme{}))) {
		x, y := msg.X-p.mapX, msg.Y-p.mapY
		if x < 0 || y < 0 || x >= 2*p.mapRows || y >= p.mapRows {
			continue
		}
		to := lab.Place{
			farthest * (2*(float64(x)+0.5)/float64(2*p.mapRows) - 1),
			farthest * (1 - 2*(float64(y)+0.5)/float64(p.mapRows)),
		}
		for d := range to {
			to[d] = math.Round(math.Round(to[d]/m.step)*m.step*1e6) / 1e6
		}
		m.at = to
		return m.decode()
	}
	return nil
}

// groups makes points of the codes of a map, a group for each digit.
func groups(atlas lab.WalkMap) []widget.ScatterGroup {
	all := make([]widget.ScatterGroup, 10)
	for i := range all {
		all[i] = widget.ScatterGroup{Name: strconv.Itoa(i), Mark: rune('0' + i)}
	}
	for i, p := range atlas.Codes {
		if label := int(atlas.Labels[i]); label < len(all) {
			all[label].Points = append(all[label].Points, widget.Point{X: p[0], Y: p[1]})
		}
	}
	return all
}
