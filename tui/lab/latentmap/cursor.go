package latentmap

import (
	"math"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/widget"
)

// cellAspect is how many times higher than wide a cell is.
const cellAspect = 2

// move makes the nearest digit in a direction the query: in the quarter of the plane around the direction, and at least
// half a cell away, so that each press is seen.
func (m *Model) move(action keymap.Action) tea.Cmd {
	places := m.shown().plane.Queries
	dx, dy := 0.0, 0.0
	switch action {
	case left:
		dx = -1
	case right:
		dx = 1
	case up:
		dy = 1
	default:
		dy = -1
	}
	across, high := m.cell()
	least := 0.5
	if dy != 0 {
		least *= cellAspect
	}
	best, nearest := nobody, math.Inf(1)
	here := places[m.query]
	for i, p := range places {
		x, y := (p[0]-here[0])/across, (p[1]-here[1])/high*cellAspect
		along, off := x*dx+y*dy, math.Abs(x*dy-y*dx)
		if along < least || off > along {
			continue
		}
		if d := math.Hypot(along, off); d < nearest {
			best, nearest = i, d
		}
	}
	if best == nobody {
		m.notice.Refuse("there is no digit further that way")
		return nil
	}
	return m.choose(best)
}

// cell is the size of a cell of the map in the units of the plane.
func (m *Model) cell() (width, height float64) {
	at := m.mapArea()
	lo, hi := m.scatter().Bounds()
	return (hi.X - lo.X) / float64(max(at.width, 1)), (hi.Y - lo.Y) / float64(max(at.height, 1))
}

// goToNextClass makes the most typical digit of the next class the query: the one nearest to the mean of its class.
func (m *Model) goToNextClass() tea.Cmd {
	labels, classes := m.digits.Queries.Labels, len(m.digits.Queries.Classes)
	for step := 1; step <= classes; step++ {
		class := (int(labels[m.query]) + step) % classes
		if i := typical(m.shown().plane.Queries, labels, uint8(class)); i != nobody {
			return m.choose(i)
		}
	}
	return nil
}

// typical is the example of a class whose place is nearest to the mean of the class, or nobody.
func typical(places [][2]float64, labels []uint8, class uint8) int {
	var sum [2]float64
	n := 0.0
	for i, p := range places {
		if labels[i] == class {
			sum[0], sum[1], n = sum[0]+p[0], sum[1]+p[1], n+1
		}
	}
	best, nearest := nobody, math.Inf(1)
	for i, p := range places {
		if d := math.Hypot(p[0]-sum[0]/n, p[1]-sum[1]/n); labels[i] == class && d < nearest {
			best, nearest = i, d
		}
	}
	return best
}

// goToNextWrong makes the next digit the query whose neighbours vote for another class.
func (m *Model) goToNextWrong() tea.Cmd {
	v := m.shown()
	for step := 1; step <= v.space.Queries; step++ {
		i := (m.query + step) % v.space.Queries
		if vote, ok := m.vote(v, i); ok && vote != m.digits.Queries.Labels[i] {
			return m.choose(i)
		}
	}
	m.notice.Refuse("no vote is wrong among those known so far")
	return nil
}

// handleClick makes the digit nearest to a click the query.
func (m *Model) handleClick(msg tea.MouseClickMsg) tea.Cmd {
	at := m.mapArea()
	places := m.shown().plane.Queries
	if msg.Button != tea.MouseLeft || places == nil || msg.X < at.x || msg.X >= at.x+at.width || msg.Y >= at.height {
		return nil
	}
	lo, _ := m.scatter().Bounds()
	across, high := m.cell()
	clicked := widget.Point{
		X: lo.X + (float64(msg.X-at.x)+0.5)*across,
		Y: lo.Y + (float64(at.height-1-msg.Y)+0.5)*high,
	}
	best, nearest := nobody, math.Inf(1)
	for i, p := range places {
		d := math.Hypot((p[0]-clicked.X)/across, (p[1]-clicked.Y)/high*cellAspect)
		if d < nearest {
			best, nearest = i, d
		}
	}
	if best == nobody {
		return nil
	}
	m.notice = board.Notice{}
	return m.choose(best)
}

// handleWheel changes k.
func (m *Model) handleWheel(msg tea.MouseWheelMsg) {
	m.notice = board.Notice{}
	switch msg.Button {
	case tea.MouseWheelUp:
		m.changeVoters(moreVoters)
	case tea.MouseWheelDown:
		m.changeVoters(fewerVoters)
	default:
	}
}
