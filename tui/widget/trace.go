package widget

import (
	"image/color"
	"math"
	"strings"

	"github.com/aetutor/aetutor/tui/theme"
)

// Trace is a small curve without axes, as a heartbeat: two dots a cell across and four up. Values outside Low to High are
// drawn at the edge, NaN is left out.
type Trace struct {
	Values    []float32
	Low, High float64
	Color     color.Color
}

// Render draws the trace in exactly rows lines of exactly columns cells.
func (tr Trace) Render(columns, rows int, t theme.Theme) []string {
	lines := make([]string, max(rows, 0))
	if columns <= 0 || rows <= 0 {
		return lines
	}
	dots := tr.dots(columns, rows)
	for y := range lines {
		row := make([]rune, columns)
		for x := range row {
			row[x] = ' '
			if d := dots[y*columns+x]; d != 0 {
				row[x] = '\u2800' + rune(d)
			}
		}
		lines[y] = t.Style(tr.Color).Render(string(row))
	}
	return lines
}

// dots are the bits of the braille patterns, [rows, columns].
func (tr Trace) dots(columns, rows int) []byte {
	cells := make([]byte, rows*columns)
	across, up := 2*columns, 4*rows
	for x := range across {
		low, high, ok := tr.span(x, across)
		if !ok {
			continue
		}
		for y := tr.row(high, up); y <= tr.row(low, up); y++ {
			cells[y/4*columns+x/2] |= brailleDot(x%2, y%4)
		}
	}
	return cells
}

// span is the least and the greatest value of column x of n, which reaches to the first value of the next one, so that
// the columns join.
func (tr Trace) span(x, n int) (low, high float64, ok bool) {
	size := len(tr.Values)
	from, to := x*size/n, (x+1)*size/n
	low, high = math.Inf(1), math.Inf(-1)
	for i := from; i <= min(to, size-1); i++ {
		if v := float64(tr.Values[i]); !math.IsNaN(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	return low, high, low <= high
}

// row is the dot row of a value, counted from the top.
func (tr Trace) row(v float64, up int) int {
	if !(tr.High > tr.Low) {
		return up / 2
	}
	part := min(max((v-tr.Low)/(tr.High-tr.Low), 0), 1)
	return int(math.Round((1 - part) * float64(up-1)))
}

// Traces draws traces side by side, gap cells apart, each in rows lines of columns cells.
func Traces(traces []Trace, columns, rows, gap int, t theme.Theme) []string {
	lines := make([]string, max(rows, 0))
	for i, tr := range traces {
		for y, part := range tr.Render(columns, rows, t) {
			if i > 0 {
				lines[y] += strings.Repeat(" ", max(gap, 0))
			}
			lines[y] += part
		}
	}
	return lines
}
