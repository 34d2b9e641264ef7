package threshold

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// worstOnes draws the worst mistakes of one sort with their reconstructions, in at most height lines.
func (m *Model) worstOnes(width, height int, t theme.Theme) []string {
	found := m.sets.mistakes(m.worst, m.threshold)
	title := "false alarms: normal, but redrawn badly"
	if m.worst == misses {
		title = "misses: anomalies that are redrawn well"
	}
	if m.unlabelled() {
		title = "flagged: redrawn badly"
	}
	title = fmt.Sprintf("%s · %s", title, board.Thousands(len(found)))
	lines := []string{board.Style(board.Plain, t).Render(fits(title, width))}
	if len(found) == 0 {
		return append(lines, "", board.Style(board.Quiet, t).Render("none at this threshold"))
	}
	height -= len(lines)
	switch shape := m.sets.scores.Shape; {
	case len(shape) == 2:
		lines = append(lines, m.pictures(found, width, height, t)...)
	case m.sets.scores.Columns != nil:
		lines = append(lines, m.rows(found, width, height, t)...)
	default:
		lines = append(lines, m.charts(found, width, height, t)...)
	}
	return lines
}

// caption is the class of an example, shortened to width cells, and its error.
func (m *Model) caption(i, width int) string {
	p := m.sets.scores.Shown
	number, name := board.Loss(float64(p.Errors[i])), p.Names[i]
	if p.Lines != nil {
		name = strings.TrimSuffix(fmt.Sprintf("line %d, %s", p.Lines[i], name), ", ")
	}
	return fits(name, width-len(number)-1) + " " + number
}

// largest lists the rows of a learner's own file with the largest errors, in exactly height lines.
func (m *Model) largest(width, height int, t theme.Theme) []string {
	const column = 20 // cells of a row with its error
	quiet, plain := board.Style(board.Quiet, t), board.Style(board.Plain, t)
	lines := make([]string, height)
	lines[1] = quiet.Render(fits("the largest errors, by the line of the file", width))
	columns := max(width/column, 1)
	for i, l := range m.sets.scores.Shown.Largest((height - 2) * columns) {
		y := 2 + i%(height-2)
		style := quiet
		if float64(l.Error) >= m.threshold {
			style = plain
		}
		lines[y] += style.Render(board.Pad(fmt.Sprintf("%6d %s", l.Line, board.Loss(float64(l.Error))), min(column, width)))
	}
	return lines
}

// pictures draws examples above their reconstructions.
func (m *Model) pictures(found []int, width, height int, t theme.Theme) []string {
	const between = 2
	rows := min((height-2)/2, 14)
	if rows < 1 {
		return nil
	}
	columns := 2 * rows
	count := min(max((width+between)/(columns+between), 1), len(found))
	var inputs, redrawn []widget.Picture
	var captions []string
	side := m.sets.scores.Shape
	for _, i := range found[:count] {
		x, y := m.sets.example(i)
		inputs = append(inputs, widget.Picture{Height: side[0], Width: side[1], Pixels: x})
		redrawn = append(redrawn, widget.Picture{Height: side[0], Width: side[1], Pixels: y})
		captions = append(captions, m.caption(i, columns))
	}
	lines := []string{board.Style(board.Quiet, t).Render(widget.Captions(captions, columns, between))}
	lines = append(lines, widget.Row(inputs, columns, rows, between, t)...)
	lines = append(lines, board.Style(board.Quiet, t).Render("and as the model redraws it"))
	return append(lines, widget.Row(redrawn, columns, rows, between, t)...)
}

// charts draws beats and, dotted, their reconstructions.
func (m *Model) charts(found []int, width, height int, t theme.Theme) []string {
	const chartLines = 8
	count := min(max(height/chartLines, 1), len(found))
	each := height / count
	var lines []string
	for _, i := range found[:count] {
		x, y := m.sets.example(i)
		lines = append(lines, board.Style(board.Quiet, t).Render(m.caption(i, width)))
		chart := widget.Chart{XMax: float64(len(x) - 1), Series: []widget.Series{
			{Name: "mV, 0.7 s", Points: points(x), Mark: widget.Line, Color: t.Text},
			{Name: "redrawn", Points: points(y), Mark: widget.Dotted, Color: t.Accent},
		}}
		lines = append(lines, strings.Split(chart.Render(width, each-1, t), "\n")...)
	}
	return lines
}

func points(values []float32) []widget.Point {
	out := make([]widget.Point, len(values))
	for i, v := range values {
		out[i] = widget.Point{X: float64(i), Y: float64(v)}
	}
	return out
}

// rows lists for each example the columns that were redrawn worst, in standard deviations of the normal examples.
func (m *Model) rows(found []int, width, height int, t theme.Theme) []string {
	const columns = 3
	quiet, plain := board.Style(board.Quiet, t), board.Style(board.Plain, t)
	lines := []string{quiet.Render(fits("in standard deviations from the learned mean", width))}
	for _, i := range found {
		if len(lines)+columns+1 > height {
			break
		}
		x, y := m.sets.example(i)
		order := make([]int, len(x))
		for j := range order {
			order[j] = j
		}
		slices.SortStableFunc(order, func(a, b int) int {
			return cmp.Compare(math.Abs(float64(x[b]-y[b])), math.Abs(float64(x[a]-y[a])))
		})
		lines = append(lines, plain.Render(m.caption(i, width)))
		for _, j := range order[:min(columns, len(order))] {
			line := fmt.Sprintf("%+6.1f  redrawn %+6.1f", x[j], y[j])
			lines = append(lines, "  "+quiet.Render(board.Pad(fits(m.sets.scores.Columns[j], 22), 23))+plain.Render(fits(line, width-25)))
		}
	}
	return lines
}
