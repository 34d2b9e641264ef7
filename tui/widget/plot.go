package widget

import (
	"image/color"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/guptarohit/asciigraph"

	"github.com/aetutor/aetutor/tui/theme"
)

// cell is one cell of a plot.
type cell struct {
	glyph rune
	color color.Color
}

// plot is a grid of cells with the y axis in its first left columns.
type plot struct {
	cells        [][]cell // [rows][columns]
	left         int      // columns of the axis and its labels
	xMin, xMax   float64
	columns      int // columns right of the axis
	axis, labels color.Color
}

// drawAxis makes the grid and draws the y axis into it; labels go from the bottom row up.
func (p *plot) drawAxis(labels []string, t theme.Theme) {
	p.cells = make([][]cell, len(labels))
	for i := range p.cells {
		row := make([]cell, p.left+p.columns)
		for j := range row {
			row[j].glyph = ' '
		}
		p.cells[i] = row
		if p.left == 0 {
			continue
		}
		label := labels[len(labels)-1-i]
		for j := range len(label) {
			row[1+j] = cell{rune(label[j]), p.labels}
		}
		switch {
		case !t.Unicode:
			row[p.left-1] = cell{'|', p.axis}
		case strings.TrimSpace(label) == "":
			row[p.left-1] = cell{'│', p.axis}
		default:
			row[p.left-1] = cell{'┤', p.axis}
		}
	}
}

// drawRules draws the rules that lie within the range of the x axis.
func (p *plot) drawRules(rules []Rule, t theme.Theme) {
	for _, r := range rules {
		if !(r.X >= p.xMin && r.X <= p.xMax) || p.columns <= 0 {
			continue
		}
		glyph := map[[2]bool]rune{{false, false}: ':', {false, true}: '|', {true, false}: '┊', {true, true}: '│'}[[2]bool{t.Unicode, r.Bold}]
		x := p.left + column(r.X, p.xMin, p.xMax, p.columns)
		for _, row := range p.cells {
			row[x] = cell{glyph, r.Color}
		}
	}
}

// drawSeries draws a series whose heights are in rows, one for each column, NaN where there is none. asciigraph draws
// each series on its own; its grid has one row for each unit of height because both bounds are whole numbers.
func (p *plot) drawSeries(s Series, heights []float64, rows int, t theme.Theme) {
	set := glyphs(s.Mark, t.Unicode)
	if s.Mark == Dots || s.Mark == Crosses {
		dot, _ := utf8.DecodeRuneInString(set.Horizontal)
		for x, h := range heights {
			if !math.IsNaN(h) {
				p.cells[rows-1-int(math.Round(h))][p.left+x] = cell{dot, s.Color}
			}
		}
		return
	}
	bridge(heights)
	// asciigraph draws the step from each value to the next, so a last value of no height closes the last column.
	drawn := asciigraph.Plot(append(heights, math.NaN()),
		asciigraph.Height(max(rows-1, 1)), asciigraph.LowerBound(0), asciigraph.UpperBound(float64(rows-1)),
		asciigraph.Offset(1), asciigraph.SeriesChars(set),
		asciigraph.YAxisValueFormatter(func(float64) string { return "" }))
	for y, line := range strings.Split(drawn, "\n") {
		x := -1 // the axis takes the first cell
		for _, r := range line {
			if x >= 0 && x < p.columns && r != ' ' {
				p.cells[y][p.left+x] = cell{r, s.Color}
			}
			x++
		}
	}
}

// write puts text into the middle of the plot.
func (p *plot) write(text string, t theme.Theme) {
	row := p.cells[len(p.cells)/2]
	runes := []rune(ansi.Truncate(text, p.columns, ""))
	from := p.left + (p.columns-len(runes))/2
	for i, r := range runes {
		row[from+i] = cell{r, t.Muted}
	}
}

// render turns the cells into lines without trailing blanks.
func (p plot) render(t theme.Theme) []string {
	lines := make([]string, len(p.cells))
	for i, row := range p.cells {
		end := len(row)
		for end > 0 && row[end-1].glyph == ' ' {
			end--
		}
		var line, run strings.Builder
		var ink color.Color
		flush := func() {
			if run.Len() > 0 && ink != nil {
				line.WriteString(t.Style(ink).Render(run.String()))
			} else {
				line.WriteString(run.String())
			}
			run.Reset()
		}
		for _, c := range row[:end] {
			if c.color != ink {
				flush()
				ink = c.color
			}
			run.WriteRune(c.glyph)
		}
		flush()
		lines[i] = line.String()
	}
	return lines
}
