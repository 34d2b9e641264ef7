package widget

import (
	"image/color"
	"math"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

// Label is a word at its place on a map.
type Label struct {
	At    Point
	Text  string
	Color color.Color
}

// Stroke is a straight line on a map, with a head at its end where it is an arrow.
type Stroke struct {
	From, To Point
	Color    color.Color
	Arrow    bool
}

// WordMap writes words where they lie. A word stands right of its dot or, where that cell is taken, left of it, above or
// below; where all are taken, the dot alone remains. Earlier labels choose first.
type WordMap struct {
	Labels  []Label
	Strokes []Stroke // later ones lie over earlier ones, and words over all
	Empty   string   // shown without a label
}

// Render draws exactly height lines of at most width cells.
func (w WordMap) Render(width, height int, t theme.Theme) string {
	if width <= 0 || height <= 0 {
		return strings.Repeat("\n", max(height-1, 0))
	}
	p := plot{cells: make([][]cell, height), columns: width}
	for y := range height {
		p.cells[y] = make([]cell, width)
		for x := range width {
			p.cells[y][x].glyph = ' '
		}
	}
	labels, strokes := w.drawable()
	if len(labels) == 0 && len(strokes) == 0 {
		p.write(w.Empty, t)
		return strings.Join(p.render(t), "\n")
	}
	s := frame(labels, strokes, width)
	for _, stroke := range strokes {
		s.stroke(p.cells, stroke, t)
	}
	taken := make([][]bool, height)
	for y := range taken {
		taken[y] = make([]bool, width)
	}
	for _, l := range labels {
		x, y := s.Place(l.At, width, height)
		p.cells[y][x], taken[y][x] = cell{'•', l.Color}, true
	}
	for _, l := range labels {
		x, y := s.Place(l.At, width, height)
		writeLabel(p.cells, taken, l, x, y)
	}
	for _, stroke := range strokes {
		if x, y := s.Place(stroke.To, width, height); stroke.Arrow && !taken[y][x] {
			p.cells[y][x] = cell{head(s, stroke, width, height), stroke.Color}
		}
	}
	return strings.Join(p.render(t), "\n")
}

// drawable leaves out what has no place.
func (w WordMap) drawable() (labels []Label, strokes []Stroke) {
	for _, l := range w.Labels {
		if isFinite(l.At) {
			labels = append(labels, l)
		}
	}
	for _, s := range w.Strokes {
		if isFinite(s.From) && isFinite(s.To) {
			strokes = append(strokes, s)
		}
	}
	return labels, strokes
}

// frame is a Scatter whose bounds hold all of the map, with room for the longest word at the right where that takes at
// most a third of the width.
func frame(labels []Label, strokes []Stroke, width int) Scatter {
	var g ScatterGroup
	longest := 0
	for _, l := range labels {
		g.Points = append(g.Points, l.At)
		longest = max(longest, 1+ansi.StringWidth(l.Text))
	}
	for _, s := range strokes {
		g.Points = append(g.Points, s.From, s.To)
	}
	s := Scatter{Groups: []ScatterGroup{g}}
	s.Lo, s.Hi = s.Bounds()
	if room := float64(min(longest, width/3)); room < float64(width) {
		s.Hi.X += (s.Hi.X - s.Lo.X) * room / (float64(width) - room)
	}
	return s
}

// writeLabel writes a label beside its dot at x, y into the first room that is free.
func writeLabel(cells [][]cell, taken [][]bool, l Label, x, y int) {
	width := ansi.StringWidth(l.Text)
	for _, at := range [][2]int{{x + 1, y}, {x - width, y}, {x - width/2, y - 1}, {x - width/2, y + 1}} {
		if !isFree(taken, at[0], at[1], width) {
			continue
		}
		column := at[0]
		for _, r := range l.Text {
			cells[at[1]][column], taken[at[1]][column] = cell{r, l.Color}, true
			column++
		}
		return
	}
}

// isFree reports whether a text of width cells has room at x, y and does not touch another one.
func isFree(taken [][]bool, x, y, width int) bool {
	if y < 0 || y >= len(taken) || x < 0 || x+width > len(taken[y]) {
		return false
	}
	for i := x; i < x+width; i++ {
		if taken[y][i] {
			return false
		}
	}
	return x+width == len(taken[y]) || !taken[y][x+width]
}

// stroke draws a line of braille dots, or of points where the locale has none.
func (s Scatter) stroke(cells [][]cell, line Stroke, t theme.Theme) {
	width, height := len(cells[0]), len(cells)
	across, down := 2*width, 4*height
	place := func(p Point) (x, y float64) {
		fx := float64(column(p.X, s.Lo.X, s.Hi.X, across))
		return fx, float64(down - 1 - column(p.Y, s.Lo.Y, s.Hi.Y, down))
	}
	x0, y0 := place(line.From)
	x1, y1 := place(line.To)
	steps := max(math.Abs(x1-x0), math.Abs(y1-y0), 1)
	for i := 0.0; i <= steps; i++ {
		x, y := int(math.Round(x0+(x1-x0)*i/steps)), int(math.Round(y0+(y1-y0)*i/steps))
		c := &cells[y/4][x/2]
		c.color = line.Color
		if !t.Unicode {
			c.glyph = '.'
			continue
		}
		if c.glyph < 0x2800 || c.glyph > 0x28ff {
			c.glyph = 0x2800
		}
		c.glyph |= rune(brailleDot(x%2, y%4))
	}
}

// head is an arrow's head in the direction in which it runs on the screen, where a cell is twice as high as wide.
func head(s Scatter, line Stroke, width, height int) rune {
	x0, y0 := s.Place(line.From, width, height)
	x1, y1 := s.Place(line.To, width, height)
	dx, dy := x1-x0, 2*(y1-y0)
	heads := []rune("→←↓↑")
	at := 0
	switch {
	case dx*dx < dy*dy && dy > 0:
		at = 2
	case dx*dx < dy*dy:
		at = 3
	case dx < 0:
		at = 1
	}
	return heads[at]
}
