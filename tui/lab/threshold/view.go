package threshold

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

const (
	margin     = 1
	factsWidth = 26
	gap        = 3
	headLines  = 3 // the data, what is in them, and a note or a blank
)

// layout says where things are.
type layout struct {
	left      int // cells of the histogram
	head      int // lines above it
	histogram int // its lines
	curve     int // lines of the curve below it, 0 where there is no room
	facts     bool
}

func (m *Model) layout(width, height int) layout {
	l := layout{left: width - 2*margin - gap - factsWidth, head: headLines, facts: true}
	if l.left < 30 {
		l.left, l.facts = max(width-margin, 0), false
	}
	body := height - 2 // the state and the task
	if body < 12 {
		l.head = 0
	}
	rest := max(body-l.head, 0)
	l.histogram = rest
	if rest >= 14 {
		l.histogram = (rest + 1) / 2
		l.curve = rest - l.histogram
	}
	return l
}

// View implements lab.Screen.
func (m *Model) View(width, height int, t theme.Theme) string {
	if height <= 0 {
		return ""
	}
	bottom := m.bottom(width, t)
	if m.sets == nil {
		return board.Stack(width, height, m.waiting(width, height-len(bottom), t), bottom)
	}
	l := m.layout(width, height)
	var left []string
	if m.worst == noMistakes {
		left = append(m.histogram(l, t), m.curve(l.left, l.curve, t)...)
	} else {
		left = m.worstOnes(l.left, l.histogram+l.curve, t)
	}
	for i := range left {
		left[i] = strings.Repeat(" ", margin) + left[i]
	}
	if l.facts {
		left = board.Beside(left, margin+l.left, gap, m.facts(l.histogram+l.curve, t))
	}
	if l.head > 0 {
		left = slices.Concat(m.head(width, t), left)
	}
	if len(bottom) > 2 {
		// A long answer takes its lines from the curve, not from the histogram.
		left = left[:max(0, min(len(left), height-len(bottom)))]
	}
	return board.Stack(width, height, left, bottom)
}

// waiting is the screen until the errors are there: the model as it learns.
func (m *Model) waiting(width, height int, t theme.Theme) []string {
	lines := m.tabs(t)
	if m.err != nil {
		return lines
	}
	return append(append(lines, ""), m.learning.View(width, height-2, t)...)
}

// tabs is the line of the kinds of data; the present one stands in brackets.
func (m *Model) tabs(t theme.Theme) []string {
	line := " " + board.Style(board.Quiet, t).Render("data ")
	for _, kind := range m.kinds {
		if kind == m.settings.Data {
			line += board.Style(board.Bright, t).Render("[" + kind + "]")
		} else {
			line += board.Style(board.Quiet, t).Render(" " + kind + " ")
		}
	}
	return []string{line}
}

// head is the data and what is in them.
func (m *Model) head(width int, t theme.Theme) []string {
	s := m.sets.scores
	text := fmt.Sprintf("learned %s %s; below %s new ones and, %s, %s",
		board.Thousands(s.Trained), s.NormalName, board.Thousands(s.Shown.Normal), oneIn(m.settings.Share), s.Anomaly)
	if s.Lines() {
		text = fmt.Sprintf("learned %s rows; below %s new ones", board.Thousands(s.Trained), board.Thousands(s.Shown.Normal))
		if s.Labelled() {
			text = fmt.Sprintf("learned %s rows of %s; below %s new ones and %s %s", board.Thousands(s.Trained), s.NormalName,
				board.Thousands(s.Shown.Normal), board.Thousands(m.sets.examples-s.Shown.Normal), s.Anomaly)
		}
	}
	note := ""
	if s.Note != "" {
		note = " " + board.Style(board.Quiet, t).Render(fits(s.Note, width-1))
	}
	return append(m.tabs(t), " "+board.Style(board.Plain, t).Render(fits(text, width-1)), note)
}

// histogram draws the errors with the threshold over them.
func (m *Model) histogram(l layout, t theme.Theme) []string {
	s := m.sets
	w := widget.Histogram{Lo: s.lo, Hi: s.hi, Line: m.line(), Root: true}
	// With more bins than this most of them would hold no example or one.
	most := max(s.examples/8, 25)
	if bins, err := s.bins.Histogram(max(min(l.left, most), 1)); err == nil {
		normal := s.scores.Shown.Normal
		w.Groups = []widget.HistogramGroup{{Name: "normal " + board.Thousands(normal), Counts: bins.Normal, Color: t.Class(1)}}
		if s.scores.Labelled() {
			anomalies := "anomaly " + board.Thousands(s.examples-normal)
			w.Groups = append(w.Groups, widget.HistogramGroup{Name: anomalies, Counts: bins.Anomaly, Color: t.Class(0)})
		} else {
			w.Groups[0].Name = "rows " + board.Thousands(normal)
		}
	}
	lines := strings.Split(w.Render(l.left, l.histogram, t), "\n")
	if len(lines) >= 4 {
		lines[len(lines)-2] = board.Style(board.Quiet, t).Render(axis(s.lo, s.hi, l.left))
	}
	return lines
}

// axis writes the errors 1, 2 and 5 times a power of ten where their logarithms, from lo to hi, are in width cells.
func axis(lo, hi float64, width int) string {
	const unit = " error"
	line := ""
	for power := int(math.Floor(lo)); power <= int(math.Ceil(hi)); power++ {
		for _, digit := range []float64{1, 2, 5} {
			v := digit * math.Pow(10, float64(power))
			label := strconv.FormatFloat(v, 'g', 3, 64)
			at := int((math.Log10(v) - lo) / (hi - lo) * float64(width))
			if math.Log10(v) >= lo && (line == "" || at > len(line)) && at+len(label)+len(unit) <= width {
				line = board.Pad(line, at) + label
			}
		}
	}
	return fits(line+unit, width)
}

// line is where the threshold is drawn: at the edge, when it is beyond.
func (m *Model) line() float64 {
	return min(max(math.Log10(max(m.threshold, least)), m.sets.lo), m.sets.hi)
}

// bottom says what the lab waits for or what the last key did, and the task.
func (m *Model) bottom(width int, t theme.Theme) []string {
	b := board.Bottom{Question: m.question, Task: m.Task()}
	switch {
	case m.err != nil:
		b.Text, b.Tone = m.err.Error()+"; r starts over, d takes other data", board.Warning
	case m.notice.Text != "":
		b.Text, b.Tone = m.notice.Text, m.notice.Tone
	}
	return b.Lines(width, t)
}

// curve draws ROC or PR with the present point, in exactly height lines.
func (m *Model) curve(width, height int, t theme.Theme) []string {
	if height < 4 {
		return make([]string, max(height, 0))
	}
	if m.unlabelled() {
		return m.largest(width, height, t)
	}
	c := m.sets.shown.Counts(m.threshold)
	name, points, at := "ROC", m.sets.roc, widget.Point{X: c.FalsePositiveRate(), Y: c.Recall()}
	area, xName, yName := "AUC "+board.Fixed(m.sets.auc, 3), "false alarm rate", "recall"
	if m.pr {
		name, points, at = "PR", m.sets.pr, widget.Point{X: c.Recall(), Y: c.Precision()}
		area, xName, yName = "AP "+board.Fixed(m.sets.ap, 3), "recall", "precision"
	}
	rows, side := height-2, 24
	columns := min(max(4*rows, 16), width-4-side)
	if columns < 12 {
		side, columns = 0, max(width-4, 1)
	}
	mark := '◆'
	if !t.Unicode {
		mark = '@'
	}
	plot := widget.Scatter{
		Groups: []widget.ScatterGroup{{Color: t.Text, Points: dense(points, 8*max(columns, rows))}},
		Marks:  []widget.ScatterMark{{At: at, Sign: mark, Color: t.Accent}},
		Lo:     widget.Point{}, Hi: widget.Point{X: 1, Y: 1},
	}
	quiet, faint := board.Style(board.Quiet, t), t.Style(t.Faint)
	lines := make([]string, 1, height)
	for y, line := range strings.Split(plot.Render(columns, rows, t), "\n") {
		label := " "
		switch y {
		case 0:
			label = "1"
		case rows - 1:
			label = "0"
		}
		lines = append(lines, quiet.Render(label)+" "+faint.Render("│")+line)
	}
	lines = append(lines, "   "+quiet.Render("0"+board.PadLeft("1", columns-1)))
	if side == 0 {
		return lines[:height]
	}
	words := []string{
		"", board.Style(board.Plain, t).Render(name + "  " + area), quiet.Render("across " + xName),
		quiet.Render("up     " + yName),
		board.Style(board.Bright, t).Render(string(mark)) + quiet.Render(" "+fmt.Sprintf("%s, %s", board.Percent(at.X), board.Percent(at.Y))),
	}
	if !m.pr && height >= 8 {
		words = append(words, "", quiet.Render("a guess: the diagonal"))
	}
	return board.Beside(lines, 3+columns, 2, words)
}

// dense puts points onto the straight lines between those of a curve, so that it can be drawn as dots. per is how many a
// line across the whole picture gets.
func dense(curve []widget.Point, per int) []widget.Point {
	var points []widget.Point
	for i := 1; i < len(curve); i++ {
		a, b := curve[i-1], curve[i]
		n := max(int(math.Ceil(float64(per)*max(math.Abs(b.X-a.X), math.Abs(b.Y-a.Y)))), 1)
		for j := range n {
			part := float64(j) / float64(n)
			points = append(points, widget.Point{X: a.X + part*(b.X-a.X), Y: a.Y + part*(b.Y-a.Y)})
		}
	}
	return append(points, curve[max(len(curve)-1, 0):]...)
}

// fits shortens a text to some cells.
func fits(text string, width int) string { return ansi.Truncate(text, max(width, 0), "…") }
