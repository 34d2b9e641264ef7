package widget

import (
	"image/color"
	"math"
	"slices"

	"github.com/guptarohit/asciigraph"

	"github.com/aetutor/aetutor/tui/theme"
)

// Point is one value of a series: Y at X.
type Point struct{ X, Y float64 }

// Mark says how a series is drawn. Each has a glyph of its own, so series stay apart without colours.
type Mark int

// The marks of a series.
const (
	Line    Mark = iota // a thin line
	Dotted              // a dotted line
	Dots                // one dot for each point, nothing between them
	Crosses             // one cross for each point, nothing between them
)

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

// Series is one curve of a Chart. Points are in the order of X; those that are not finite are left out.
type Series struct {
	Name   string
	Points []Point
	Mark   Mark
	Color  color.Color
}

// spikeFactor is how many times the usual spread within a column a point must stand out to count as a spike.
const spikeFactor = 4

// thin reduces points to one value for each of columns columns of the range from lo to hi: the mean of the points that
// fall into it, or NaN where none does. A mean over hundreds of steps would hide a spike, and a spike is what somebody
// who raised the learning rate has to see; so a column whose highest point stands out of its own and both neighbouring
// columns shows that point.
func thin(points []Point, lo, hi float64, columns int) []float64 {
	sum, peak := make([]float64, columns), make([]float64, columns)
	count := make([]int, columns)
	for _, p := range points {
		c := column(p.X, lo, hi, columns)
		if count[c] == 0 || p.Y > peak[c] {
			peak[c] = p.Y
		}
		count[c]++
		// The running mean, because a sum of huge values would overflow.
		sum[c] += p.Y/float64(count[c]) - sum[c]/float64(count[c])
	}
	mean := sum
	spread := make([]float64, 0, columns)
	for c := range mean {
		if count[c] == 0 {
			mean[c] = math.NaN()
			continue
		}
		if count[c] > 1 {
			spread = append(spread, peak[c]-mean[c])
		}
	}
	if len(spread) == 0 {
		return mean
	}
	slices.Sort(spread)
	limit := spikeFactor * spread[len(spread)/2]
	thinned := slices.Clone(mean)
	// The first column has no curve before it to stand out of: there the loss falls steeply, which is no spike.
	for c := 1; c < columns; c++ {
		after := mean[c]
		if c+1 < columns && count[c+1] > 0 {
			after = mean[c+1]
		}
		if count[c] > 1 && count[c-1] > 0 && peak[c]-max(mean[c-1], mean[c], after) > limit {
			thinned[c] = peak[c]
		}
	}
	return thinned
}

// column is the column of x when the range from lo to hi fills columns.
func column(x, lo, hi float64, columns int) int {
	// Halved, the difference of two huge numbers stays finite.
	part := (x/2 - lo/2) / (hi/2 - lo/2)
	if math.IsNaN(part) {
		return 0
	}
	return int(min(max(part*float64(columns), 0), float64(columns-1)))
}

// bridge fills the columns between two values with the straight line between them.
func bridge(values []float64) {
	last := -1
	for c, v := range values {
		if math.IsNaN(v) {
			continue
		}
		if last >= 0 {
			for i := last + 1; i < c; i++ {
				part := float64(i-last) / float64(c-last)
				values[i] = values[last]*(1-part) + v*part
			}
		}
		last = c
	}
}

// finite returns the points that a chart can show.
func finite(points []Point, log bool) []Point {
	good := func(p Point) bool {
		return !math.IsNaN(p.Y-p.Y) && !math.IsNaN(p.X-p.X) && (!log || p.Y > 0)
	}
	for i, p := range points {
		if !good(p) {
			kept := slices.Clone(points[:i])
			for _, p := range points[i:] {
				if good(p) {
					kept = append(kept, p)
				}
			}
			return kept
		}
	}
	return points
}
