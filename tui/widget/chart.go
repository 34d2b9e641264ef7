// Package widget draws what several screens need: charts, pictures and progress bars. A widget is a value that
// renders itself for a size and a theme; it keeps no state between frames.
package widget

import (
	"image/color"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/guptarohit/asciigraph"

	"github.com/aetutor/aetutor/tui/theme"
)

// Chart draws series over a common x axis. Any input is drawn: without a finite point it shows Empty.
type Chart struct {
	Series []Series // later ones lie over earlier ones
	// XMin and XMax bound the x axis; where they are equal, the points do.
	XMin, XMax float64
	XUnit      string // what x counts, "epoch"; it stands behind the last number
	XName      string // the variable that x is, "k"; it stands before the first number, behind which it would be a unit
	// XLabels stand at x = 0, 1, 2 … in place of numbers, where x counts cases that are not evenly spaced: "2", "4", "8".
	XLabels []string
	// Settle is the part of the x axis, 0 to 1, whose values do not stretch the y axis once there are later ones: a
	// loss that starts ten times higher than it ends would flatten all that follows. Values beyond the axis are drawn
	// at its edge.
	Settle float64
	Log    bool   // a logarithmic y axis; values of 0 and below are left out
	XLog   bool   // a logarithmic x axis; points at 0 and below are left out, XMin and XMax are above 0
	Empty  string // shown instead of curves, "no step yet"
	Rules  []Rule // lie under the series
	// NoLegend gives the line of the legend to the curves, for who writes one elsewhere.
	NoLegend bool
}

// Rule is a vertical line at X, from the bottom to the top of a chart.
type Rule struct {
	X     float64
	Color color.Color
	Bold  bool // drawn through, not dotted
}

// Render draws exactly height lines of at most width cells. Where room is short, the legend goes first, then the
// x axis, then the labels of the y axis.
func (c Chart) Render(width, height int, t theme.Theme) string {
	if height <= 0 {
		return ""
	}
	if width <= 0 {
		return strings.Repeat("\n", height-1)
	}
	if c.XLog {
		c = c.logarithmic()
	}
	rows := height
	legend, xAxis := height >= 6 && !c.NoLegend, height >= 4
	if legend {
		rows--
	}
	if xAxis {
		rows--
	}
	p := c.plot(width, rows, t)
	lines := p.render(t)
	if xAxis {
		lines = append(lines, c.xAxis(p, width, t))
	}
	if legend {
		lines = append(lines, c.legend(p.left, width, t))
	}
	return strings.Join(lines, "\n")
}

// logarithmic is the chart with the logarithm of x in place of x.
func (c Chart) logarithmic() Chart {
	c.Series = slices.Clone(c.Series)
	for i, s := range c.Series {
		points := make([]Point, len(s.Points))
		for j, p := range s.Points {
			points[j] = Point{math.Log10(p.X), p.Y} // What is no logarithm is not finite and is left out later.
		}
		c.Series[i].Points = points
	}
	c.Rules = slices.Clone(c.Rules)
	for i, r := range c.Rules {
		c.Rules[i].X = math.Log10(r.X)
	}
	if c.XMax > c.XMin {
		c.XMin, c.XMax = math.Log10(c.XMin), math.Log10(c.XMax)
	}
	return c
}

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

func (c Chart) plot(width, rows int, t theme.Theme) plot {
	series := c.drawable()
	p := plot{axis: t.Faint, labels: t.Muted}
	p.xMin, p.xMax = c.xRange(series)
	if len(series) == 0 {
		p.left = axisWidth(0, width)
		p.columns = width - p.left
		p.drawAxis(make([]string, rows), t)
		p.drawRules(c.Rules, t)
		p.write(c.Empty, t)
		return p
	}
	thinned, sc, labels := c.layout(&p, series, width, rows)
	p.drawAxis(labels, t)
	p.drawRules(c.Rules, t)
	for i, s := range series {
		heights := thinned[i]
		for x, v := range heights {
			heights[x] = sc.height(v)
		}
		p.drawSeries(s, heights, rows, t)
	}
	return p
}

// layout shares the width between axis and curves. The columns of the curves decide how they are thinned, thinning
// decides the y range, that the labels, and the widest label the columns; two rounds settle it but for a label that
// loses a digit again, which then keeps its blank.
func (c Chart) layout(p *plot, series []Series, width, rows int) (thinned [][]float64, sc scale, labels []string) {
	labelWidth := 0
	for range 3 {
		p.left = axisWidth(labelWidth, width)
		p.columns = width - p.left
		thinned = make([][]float64, len(series))
		for i, s := range series {
			thinned[i] = thin(s.Points, p.xMin, p.xMax, p.columns)
		}
		lo, hi := extremes(thinned, int(math.Ceil(c.Settle*float64(p.columns))))
		if lo > hi {
			lo, hi = extremes(thinned, 0)
		}
		sc = newScale(lo, hi, rows, c.Log)
		labels = sc.labels()
		if len(labels[0]) <= labelWidth {
			break
		}
		labelWidth = len(labels[0])
	}
	return thinned, sc, fit(labels, p.left)
}

// extremes are the least and the greatest value from a column on; the least is above the greatest where there is none.
func extremes(thinned [][]float64, from int) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, values := range thinned {
		for _, v := range values[min(max(from, 0), len(values)):] {
			if !math.IsNaN(v) {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
	}
	return lo, hi
}

// drawable returns the series that have points to draw, without the others.
func (c Chart) drawable() []Series {
	var series []Series
	for _, s := range c.Series {
		s.Points = finite(s.Points, c.Log)
		if len(s.Points) > 0 {
			series = append(series, s)
		}
	}
	return series
}

func (c Chart) xRange(series []Series) (lo, hi float64) {
	if c.XMax > c.XMin && !math.IsInf(c.XMax, 0) && !math.IsInf(c.XMin, 0) {
		return c.XMin, c.XMax
	}
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, s := range series {
		for _, p := range s.Points {
			lo, hi = min(lo, p.X), max(hi, p.X)
		}
	}
	if lo > hi {
		return 0, 1
	}
	if lo == hi {
		return lo, math.Nextafter(max(lo+1, lo), math.Inf(1))
	}
	return lo, hi
}

// minPlot is how many columns the curves need before the axis gets any.
const minPlot = 8

// axisWidth is what the axis takes: labels, a blank on either side and the line; the line alone; or nothing.
func axisWidth(labels, width int) int {
	switch {
	case width >= labels+3+minPlot:
		return labels + 3
	case width >= 1+minPlot:
		return 1
	}
	return 0
}

// fit widens labels to the room that the axis has for them, left of its line and two blanks. Where the room is less,
// they stay blank: a number without its first digits would be a wrong one.
func fit(labels []string, left int) []string {
	pad := left - 3 - len(labels[0])
	if pad < 0 {
		return make([]string, len(labels))
	}
	for i := range labels {
		labels[i] = strings.Repeat(" ", pad) + labels[i]
	}
	return labels
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

// Glyph is the sign of a mark, for a legend of one's own.
func (m Mark) Glyph(t theme.Theme) string { return glyphs(m, t.Unicode).Horizontal }

// glyphs returns the characters of a mark.
func glyphs(m Mark, unicode bool) asciigraph.CharSet {
	var set asciigraph.CharSet
	switch {
	case m == Dots && unicode:
		set = asciigraph.CreateCharSet("•")
	case m == Dots:
		set = asciigraph.CreateCharSet("o")
	case m == Crosses && unicode:
		set = asciigraph.CreateCharSet("×")
	case m == Crosses:
		set = asciigraph.CreateCharSet("x")
	case m == Dotted && unicode:
		set = asciigraph.CreateCharSet("┄")
		set.VerticalLine = "┆"
	case m == Dotted:
		set = asciigraph.CreateCharSet(".")
		set.VerticalLine = ":"
	case unicode:
		set = asciigraph.DefaultCharSet
	default:
		set = asciigraph.CharSet{
			Horizontal: "-", VerticalLine: "|",
			ArcDownRight: ".", ArcDownLeft: ".", ArcUpRight: "'", ArcUpLeft: "'",
		}
	}
	// asciigraph draws a column left of a curve's first value; a blank keeps the curve where its data are.
	set.StartCap, set.EndCap = " ", set.Horizontal
	return set
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
