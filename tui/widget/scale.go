package widget

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// scale maps values to the rows of a plot, row 0 at the bottom.
type scale struct {
	lo, hi float64 // values at the bottom and at the top row; their logarithms where log is set
	rows   int
	log    bool
}

// newScale covers values from lo to hi. A range without extent is widened, so that a constant is drawn in the middle.
func newScale(lo, hi float64, rows int, log bool) scale {
	if log {
		lo, hi = math.Log10(lo), math.Log10(hi)
	}
	if lo == hi {
		room := max(math.Abs(lo)*0.1, 1e-3)
		lo, hi = max(lo-room, -math.MaxFloat64), min(hi+room, math.MaxFloat64)
	}
	return scale{lo: lo, hi: hi, rows: rows, log: log}
}

// height is how far v is up the plot, between 0 and rows-1.
func (s scale) height(v float64) float64 {
	if s.log {
		v = math.Log10(v)
	}
	part := (v/2 - s.lo/2) / (s.hi/2 - s.lo/2)
	return min(max(part, 0), 1) * float64(s.rows-1)
}

// value is the value at a row.
func (s scale) value(row int) float64 {
	part := 0.5
	if s.rows > 1 {
		part = float64(row) / float64(s.rows-1)
	}
	v := s.lo*(1-part) + s.hi*part
	if s.log {
		return min(math.Pow(10, v), math.MaxFloat64) // rounding can carry the largest number over the edge
	}
	return v
}

// mostLabels is how many steps between labels an axis has at most: a label on each of forty rows is noise.
const mostLabels = 7

// labels returns the axis labels from the bottom row up; rows between labels are empty. All labels have one width. Those
// of the bottom and the top row are there unless powers of ten are.
func (s scale) labels() []string {
	if labels := s.decadeLabels(); labels != nil {
		return labels
	}
	at := labelRows(s.rows)
	gap := math.Inf(1)
	for i := 1; i < len(at); i++ {
		gap = min(gap, math.Abs(s.value(at[i])-s.value(at[i-1])))
	}
	format := labelFormat(max(math.Abs(s.value(0)), math.Abs(s.value(s.rows-1))), gap)
	labels := make([]string, s.rows)
	width := 0
	for _, row := range at {
		labels[row] = fmt.Sprintf(format, s.value(row))
		if unsigned := strings.TrimPrefix(labels[row], "-"); strings.Trim(unsigned, "0.") == "" {
			labels[row] = unsigned // A little below 0 is written as 0, not as -0.00.
		}
		width = max(width, len(labels[row]))
	}
	return padded(labels, width)
}

// decadeLabels are powers of ten at the rows nearest to them, where a logarithmic scale has rows for at least two of
// them; else nil.
func (s scale) decadeLabels() []string {
	first, last := math.Ceil(s.lo-1e-9), math.Floor(s.hi+1e-9)
	step := math.Ceil(max((last-first)/mostLabels, (s.hi-s.lo)/float64(s.rows-1)))
	if !s.log || !(step >= 1 && last-first >= step) {
		return nil
	}
	labels := make([]string, s.rows)
	width := 0
	for power := first; power <= last; power += step {
		value := math.Pow(10, power)
		text := strconv.FormatFloat(value, 'g', 6, 64)
		labels[int(math.Round(s.height(value)))] = text
		width = max(width, len(text))
	}
	return padded(labels, width)
}

// padded gives all labels one width, the numbers at the right.
func padded(labels []string, width int) []string {
	for row, text := range labels {
		labels[row] = strings.Repeat(" ", width-len(text)) + text
	}
	return labels
}

// labelRows are the rows that have a label, from the bottom up: at equal distances where the rows allow them, else only the
// lowest distance is another.
func labelRows(rows int) []int {
	last := rows - 1
	for steps := min(last, mostLabels); steps >= 3; steps-- {
		if last%steps == 0 {
			return every(0, last, last/steps)
		}
	}
	if last <= mostLabels {
		return every(0, last, 1)
	}
	distance := (last + mostLabels - 1) / mostLabels
	lowest := last % distance
	if 2*lowest <= distance {
		lowest += distance // Two labels must not stand closer together than the others by half.
	}
	return append([]int{0}, every(lowest, last, distance)...)
}

// every lists the numbers from first to last that are a distance apart.
func every(first, last, distance int) []int {
	var numbers []int
	for n := first; n <= last; n += distance {
		numbers = append(numbers, n)
	}
	return numbers
}

// labelFormat is the shortest format in which labels gap apart differ in their last two digits.
func labelFormat(largest, gap float64) string {
	if math.IsInf(gap, 0) {
		gap = largest / 10
	}
	if largest >= 1e6 || largest < 1e-4 && largest > 0 {
		return "%.1e"
	}
	decimals := 2
	if gap > 0 {
		decimals = min(max(1-int(math.Floor(math.Log10(gap))), 0), 6)
	}
	return fmt.Sprintf("%%.%df", decimals)
}
