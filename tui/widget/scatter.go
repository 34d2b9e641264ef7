package widget

import (
	"image/color"
	"math"
	"strings"

	"github.com/aetutor/aetutor/tui/theme"
)

// ScatterGroup is the points of one class.
type ScatterGroup struct {
	Name   string
	Mark   rune // stands where a point of the group is, and where there is no braille: "3"
	Color  color.Color
	Points []Point
}

// ScatterMark is a sign over the points: a query, a neighbour.
type ScatterMark struct {
	At    Point
	Sign  rune
	Color color.Color
}

// Scatter draws groups of points. With braille a cell holds 2×4 dots in the colour of the group that has most points
// there; so that groups stay apart without colours, every few cells show the mark of theirs instead. Where the locale
// has no braille, every cell does.
type Scatter struct {
	Groups []ScatterGroup
	Marks  []ScatterMark
	// Lo and Hi are the corners of what is shown; where they are equal, the points decide.
	Lo, Hi Point
}

// labelled is how far the cells with a mark stand apart, in cells.
const labelled = 6

// Bounds are the corners of the finite points of all groups, widened where they have no extent.
func (s Scatter) Bounds() (lo, hi Point) {
	if s.Lo != s.Hi {
		return s.Lo, s.Hi
	}
	lo, hi = Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	for _, g := range s.Groups {
		for _, p := range g.Points {
			if isFinite(p) {
				lo = Point{min(lo.X, p.X), min(lo.Y, p.Y)}
				hi = Point{max(hi.X, p.X), max(hi.Y, p.Y)}
			}
		}
	}
	if lo.X > hi.X {
		return Point{}, Point{1, 1}
	}
	if lo.X == hi.X {
		lo.X, hi.X = lo.X-1, hi.X+1
	}
	if lo.Y == hi.Y {
		lo.Y, hi.Y = lo.Y-1, hi.Y+1
	}
	return lo, hi
}

// Place is the cell of a point in a drawing of width×height cells.
func (s Scatter) Place(p Point, width, height int) (x, y int) {
	lo, hi := s.Bounds()
	return column(p.X, lo.X, hi.X, width), height - 1 - column(p.Y, lo.Y, hi.Y, height)
}

// scatterCell is what falls into a cell.
type scatterCell struct {
	dots   byte // braille
	counts []int
}

// Render draws exactly height lines of at most width cells.
func (s Scatter) Render(width, height int, t theme.Theme) string {
	if width <= 0 || height <= 0 {
		return strings.Repeat("\n", max(height-1, 0))
	}
	lo, hi := s.Bounds()
	cells := make([]scatterCell, width*height)
	for g, group := range s.Groups {
		for _, p := range group.Points {
			if !isFinite(p) || p.X < lo.X || p.X > hi.X || p.Y < lo.Y || p.Y > hi.Y {
				continue
			}
			x, y := column(p.X, lo.X, hi.X, 2*width), 4*height-1-column(p.Y, lo.Y, hi.Y, 4*height)
			c := &cells[y/4*width+x/2]
			if c.counts == nil {
				c.counts = make([]int, len(s.Groups))
			}
			c.counts[g]++
			c.dots |= brailleDot(x%2, y%4)
		}
	}
	p := plot{cells: make([][]cell, height)}
	for y := range height {
		p.cells[y] = make([]cell, width)
		for x := range width {
			p.cells[y][x] = s.cell(cells[y*width+x], x, y, t)
		}
	}
	for _, m := range s.Marks {
		if isFinite(m.At) {
			x, y := s.Place(m.At, width, height)
			p.cells[y][x] = cell{m.Sign, m.Color}
		}
	}
	return strings.Join(p.render(t), "\n")
}

// cell is what a cell shows.
func (s Scatter) cell(c scatterCell, x, y int, t theme.Theme) cell {
	if c.dots == 0 {
		return cell{glyph: ' '}
	}
	most := 0
	for g, n := range c.counts {
		if n > c.counts[most] {
			most = g
		}
	}
	group := s.Groups[most]
	glyph := rune(0x2800 + int(c.dots))
	// A diagonal pattern of marks: none of two neighbouring cells, in every row some.
	if marked := (x+3*y)%labelled == 0; group.Mark != 0 && (marked || !t.Unicode) {
		glyph = group.Mark
	} else if !t.Unicode {
		glyph = '.'
	}
	return cell{glyph, group.Color}
}

// brailleDot is the bit of a dot in a braille pattern, Unicode chapter 21.
func brailleDot(x, y int) byte {
	if y == 3 {
		return 0x40 << x
	}
	return 1 << (y + 3*x)
}

func isFinite(p Point) bool { return !math.IsNaN(p.X-p.X) && !math.IsNaN(p.Y-p.Y) }
