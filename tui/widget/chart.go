// Package widget draws what several screens need: charts, pictures and progress bars. A widget is a value that
// renders itself for a size and a theme; it keeps no state between frames.
package widget

import (
	"image/color"
	"math"
	"slices"
	"strings"

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
