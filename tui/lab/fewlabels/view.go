package fewlabels

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// The table beside the chart: its columns with the spread of the draws, and without where room is short.
const (
	labelsColumn = 6
	wideColumn   = 13
	narrowColumn = 8
	wideScreen   = 110
)

// tableWidth is what the table takes on a screen.
func tableWidth(width int) int {
	if width >= wideScreen {
		return labelsColumn + 3*wideColumn
	}
	return labelsColumn + 3*narrowColumn
}

// leastChart is the height at which the whole table stands beside the chart, leastLoss that at which the loss of
// pretraining does, so that the masked digits can be told.
const (
	leastChart = 11
	leastLoss  = 10
)

// The heights of a picture in cells: the least that shows a digit, and the one at which all its pixels are drawn.
const (
	leastRows = 3
	mostRows  = 14
)

// classes is how many pictures stand side by side, one of each class.
const classes = 10

// View implements lab.Screen.
func (m *Model) View(width, height int, t theme.Theme) string {
	if height <= 0 {
		return ""
	}
	bottom := m.bottom().Lines(width, t)
	rest := height - len(bottom)
	// The chart first gets what that beside it needs, and on a large screen two fifths.
	least := leastChart
	if m.pretraining() {
		least = leastLoss
	}
	rows, count := m.share(width, min(rest-least, rest*3/5)-1)
	strip := 0
	if rows > 0 {
		strip = rows*count + 1
	}
	lines := m.top(width, rest-strip, t)
	if strip > 0 {
		lines = append(lines, m.strip(width, rows, count, t)...)
	}
	return board.Stack(width, height, lines, bottom)
}

// share gives the pictures the height that the chart leaves: the rows of one, and how many stand one below the other.
func (m *Model) share(width, height int) (rows, count int) {
	count = m.layers()
	fit := (m.cells(width) + 1) / 2 // the rows of a picture that is as wide as there is room
	rows = min(height/count, fit, mostRows)
	// Fewer labelled digits, but legible ones; of pretraining all three lines are needed.
	for !m.pretraining() && count > 1 && rows < min(fit, mostRows/2) {
		count--
		rows = min(height/count, fit, mostRows)
	}
	if rows < leastRows {
		return 0, 0
	}
	return rows, count
}

// namesWidth is what the words right of the pictures of pretraining take.
const namesWidth = 11

// cells is how wide a picture can be.
func (m *Model) cells(width int) int {
	room := width - 1
	if m.pretraining() {
		room -= namesWidth
	}
	return (room - (classes - 1)) / classes
}

// pretraining reports whether pictures of pretraining are shown and no labelled ones.
func (m *Model) pretraining() bool { return len(m.labelled.Pictures) == 0 }

// layers is how many lines of pictures there are to show.
func (m *Model) layers() int {
	if m.pretraining() {
		return 3
	}
	return max(len(m.labelled.Pictures)/classes, 1)
}

// top draws the chart with the table right of it, in exactly height lines.
func (m *Model) top(width, height int, t theme.Theme) []string {
	beside := tableWidth(width)
	chartWidth := width - beside - 2
	if chartWidth < 24 {
		chartWidth = width
	}
	lines := strings.Split(m.chart(t).Render(chartWidth, height, t), "\n")
	if chartWidth == width {
		return lines
	}
	if m.pretraining() && m.encoder.Began() && m.err == nil {
		// There is no accuracy yet to stand in the table.
		loss := m.encoder.Chart(beside, min(height-1, leastChart-1), t)
		return board.Beside(lines, chartWidth, 1, append(loss, m.progress(beside, t)))
	}
	table := m.table(beside, t)
	return board.Beside(lines, chartWidth, 1, table[:min(len(lines), len(table))])
}

// chart is the mean accuracies against the labels, with the mark and, once it is known, the crossover.
func (m *Model) chart(t theme.Theme) widget.Chart {
	c := widget.Chart{XLog: true, XMin: 1, XMax: float64(max(m.settings.Most, 2)), XUnit: "labels", Empty: "no point yet"}
	// The curves that the prediction is about lie over the third.
	for _, way := range []lab.Way{lab.Tuned, lab.Frozen, lab.Scratch} {
		s := widget.Series{Name: string(way)}
		s.Mark, s.Color = look(way, t)
		means := lab.Means(m.points, way)
		for _, n := range m.settings.LabelCounts() {
			if mean, ok := means[n]; ok {
				s.Points = append(s.Points, widget.Point{X: float64(n), Y: mean})
			}
		}
		c.Series = append(c.Series, s)
	}
	c.Rules = []widget.Rule{{X: m.settings.Guess, Color: t.Muted}}
	if n, ok := m.crossover(); ok {
		c.Rules = append(c.Rules, widget.Rule{X: n, Color: t.Accent, Bold: true})
	}
	return c
}

// look is how the curve of a way is drawn. The prediction is about two of them; the third stands back.
func look(way lab.Way, t theme.Theme) (widget.Mark, color.Color) {
	switch way {
	case lab.Frozen:
		return widget.Line, t.Accent
	case lab.Tuned:
		return widget.Dotted, t.Muted
	default:
		return widget.Dots, t.Text
	}
}

// table is the accuracies by labels: the mean over the draws and, where there is room, their spread. The most accurate is
// the brightest.
func (m *Model) table(width int, t theme.Theme) []string {
	quiet := board.Style(board.Quiet, t)
	column := (width - labelsColumn) / len(lab.Ways())
	head := "labels"
	for _, way := range lab.Ways() {
		head += board.PadLeft(string(way), column)
	}
	lines := []string{quiet.Render(head)}
	means := map[lab.Way]map[int]float64{}
	for _, way := range lab.Ways() {
		means[way] = lab.Means(m.points, way)
	}
	for _, n := range m.settings.LabelCounts() {
		best := 0.0
		for _, way := range lab.Ways() {
			best = max(best, means[way][n])
		}
		line := quiet.Render(fmt.Sprintf("%*d", labelsColumn, n))
		for _, way := range lab.Ways() {
			mean, measured := means[way][n]
			tone := board.Plain
			if measured && mean == best {
				tone = board.Bright
			}
			line += board.Style(tone, t).Render(board.PadLeft(m.accuracy(way, n, mean, measured, column >= wideColumn), column))
		}
		lines = append(lines, line)
	}
	return append(lines, m.progress(width, t))
}

// accuracy is "0.612 ±.031".
func (m *Model) accuracy(way lab.Way, n int, mean float64, measured, spread bool) string {
	if !measured {
		return "-"
	}
	text := board.Fixed(mean, 3)
	if s := lab.Spread(m.points, way, n); spread && !math.IsNaN(s) {
		text += " ±" + strings.TrimPrefix(board.Fixed(s, 3), "0")
	}
	return text
}

// progress is a bar of the pretraining, then of the points.
func (m *Model) progress(width int, t theme.Theme) string {
	fraction := m.doing.Fraction
	if !m.pretraining() {
		fraction = float64(len(m.points)) / float64(len(m.settings.LabelCounts())*m.settings.Repeats*len(lab.Ways()))
	}
	return board.Bar(fraction, width, t)
}

// strip draws the pictures of what is going on, in exactly rows·count+1 lines.
func (m *Model) strip(width, rows, count int, t theme.Theme) []string {
	cells := min(2*rows, m.cells(width))
	quiet := board.Style(board.Quiet, t)
	caption, layers, words := m.layersShown()
	lines := []string{" " + quiet.Render(caption)}
	for i := range count {
		if i >= len(layers) {
			lines = append(lines, make([]string, rows)...)
			continue
		}
		pictures := make([]widget.Picture, min(len(layers[i]), classes))
		for j := range pictures {
			pictures[j] = widget.Picture{Height: 28, Width: 28, Pixels: layers[i][j]}
			if rows < mostRows/2+1 {
				// Digits fill the middle of their picture; without the rim they are drawn larger.
				pictures[j] = pictures[j].Crop(3, 3, 22, 22)
			}
		}
		for y, line := range widget.Row(pictures, cells, rows, 1, t) {
			if y == 0 && i < len(words) {
				line += "  " + quiet.Render(words[i])
			}
			lines = append(lines, " "+line)
		}
	}
	return lines
}

// layersShown is what the strip shows: the masked digits of pretraining, then the labelled ones.
func (m *Model) layersShown() (caption string, layers [][][]float32, words []string) {
	if m.pretraining() {
		if len(m.masked.Clean) == 0 {
			return "masked digits appear here as the encoder learns to fill them in", nil, nil
		}
		part := "half"
		if m.settings.Hidden != 0.5 {
			part = fmt.Sprintf("%.0f %%", 100*m.settings.Hidden)
		}
		return "held-out digits, with " + part + " of their blocks hidden, filled in",
			[][][]float32{m.masked.Clean, m.masked.Masked, m.masked.Filled}, []string{"clean", "hidden", "filled in"}
	}
	caption = fmt.Sprintf("labelled digits: %d of each class", m.labelled.Labels)
	if shown := len(m.labelled.Pictures) / classes; shown < m.labelled.Labels {
		caption += ", some of them here"
	}
	return caption, slices.Collect(slices.Chunk(m.labelled.Pictures, classes)), nil
}

// bottom says what the lab waits for or what the last key did, and the task.
func (m *Model) bottom() board.Bottom {
	b := board.Bottom{Question: m.question, Task: m.Task(), Tone: board.Quiet}
	switch {
	case m.err != nil:
		b.Text, b.Tone = m.err.Error()+"; r starts over", board.Warning
	case m.notice.Text != "":
		b.Text, b.Tone = m.notice.Text, m.notice.Tone
	case m.state == paused:
		b.Text, b.Tone = "paused; space goes on", board.Bright
	case m.state == stopped:
		b.Text = "stopped; r starts over"
	case m.state == ended:
		b.Text, b.Tone = m.answer(), board.Bright
	case m.pretraining() && m.doing.Doing != "":
		b.Text = m.doing.Doing + " …  move your mark ┊ with ← → meanwhile"
	}
	return b
}

// answer says where the curves met.
func (m *Model) answer() string {
	n, ok := m.crossover()
	if !ok {
		return fmt.Sprintf("scratch never catches up within %.0f labels a class, which count as the answer; r draws other digits", n)
	}
	return fmt.Sprintf("scratch catches up with frozen at %.0f labels a class; r draws other digits", n)
}
