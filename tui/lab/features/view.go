package features

import (
	"fmt"
	"strings"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// tableWidth is what the table of weights takes; a screen with besideWidth has room for the beat beside it.
const (
	tableWidth  = 60
	besideWidth = 110
	mostTrace   = 24 // lines; a taller beat looks like another one
)

// View implements lab.Screen.
func (m *Model) View(width, height int, t theme.Theme) string {
	if height <= 0 {
		return ""
	}
	bottom := m.bottom(width, t)
	if m.bench == nil {
		var body []string
		if m.err == nil {
			body = []string{"", " " + t.Style(t.Text).Render("simulating five minutes of heartbeats …")}
		}
		return board.Stack(width, height, body, bottom)
	}
	right := append(append(m.table(t), ""), m.scores(t)...)
	rows := max(height-len(bottom), 0)
	if width >= besideWidth {
		left := width - tableWidth - 3
		return board.Stack(width, height, board.Beside(m.trace(left, min(rows-1, mostTrace), t), left, 2, right), bottom)
	}
	body := m.trace(width, max(rows-len(right), 0), t)
	return board.Stack(width, height, append(body, right...), bottom)
}

// trace draws the shown beat with its title in at most height lines.
func (m *Model) trace(width, height int, t theme.Theme) []string {
	if height < 3 {
		return nil
	}
	label := lab.FeatureClasses()[m.bench.Labels[m.beat]]
	title := " " + t.Style(t.Muted).Render(fmt.Sprintf("beat %d of %d, ", m.beat+1, len(m.bench.Beats))) +
		board.Style(board.Bright, t).Render(label) + t.Style(t.Muted).Render("  mV over 0.7 s")
	samples := m.bench.Beats[m.beat]
	points := make([]widget.Point, len(samples))
	for i, v := range samples {
		points[i] = widget.Point{X: float64(i), Y: float64(v)}
	}
	chart := widget.Chart{
		XMax: float64(len(samples) - 1), NoLegend: true,
		Series: []widget.Series{{Name: label, Points: points, Mark: widget.Line, Color: t.Text}},
	}
	lines := strings.Split(chart.Render(width, height, t), "\n")
	if height >= 4 { // The last line would number samples, which nobody asks for.
		lines = lines[:len(lines)-1]
	}
	return append([]string{title}, lines...)
}

// table lists the features of the shown beat and the weights of both classes; the chosen one stands in brackets.
func (m *Model) table(t theme.Theme) []string {
	classes := lab.FeatureClasses()
	head := fmt.Sprintf(" %-19s%9s%8s  %9s  %9s", "feature", "measured", "x", "w "+classes[0], "w "+classes[1])
	lines := []string{t.Style(t.Muted).Render(head)}
	for i := range len(m.bench.Names) + 1 {
		name, raw, x := "w0, always added", "", ""
		if i > 0 {
			name = m.bench.Names[i-1]
			raw, x = board.Fixed(m.bench.Raw[m.beat][i-1], 2), board.Fixed(m.bench.X[m.beat][i-1], 2)
		}
		tone := board.Quiet
		if i == m.chosen {
			tone = board.Plain
		}
		line := " " + board.Style(tone, t).Render(board.Pad(name, 19)) + t.Style(t.Muted).Render(board.PadLeft(raw, 9)) +
			t.Style(t.Text).Render(board.PadLeft(x, 8))
		for c := range classes {
			number := board.Fixed(m.weights[c][i], 2)
			if i == m.chosen && c == m.class {
				line += "  " + board.Style(board.Bright, t).Render(board.PadLeft("["+number+"]", 9))
			} else {
				line += "  " + t.Style(t.Text).Render(board.PadLeft(number, 8)+" ")
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// scores say what the weights make of the shown beat and of all.
func (m *Model) scores(t theme.Theme) []string {
	classes := lab.FeatureClasses()
	y := m.bench.Scores(m.weights, m.beat)
	said, verdict, tone := m.bench.Predict(m.weights, m.beat), "right ✓", board.Bright
	if said != m.bench.Labels[m.beat] {
		verdict, tone = "wrong", board.Warning
	}
	quiet, plain := t.Style(t.Muted), t.Style(t.Text)
	return []string{
		" " + quiet.Render(fmt.Sprintf("%-36s", "y, the scores of this beat")) + "  " +
			plain.Render(board.PadLeft(board.Fixed(y[0], 2), 8)) + "   " + plain.Render(board.PadLeft(board.Fixed(y[1], 2), 8)),
		" " + quiet.Render("so it is ") + plain.Render(classes[said]) + quiet.Render(", which is ") +
			board.Style(tone, t).Render(verdict),
		" " + quiet.Render("all beats: accuracy ") + board.Style(board.Bright, t).Render(board.Percent(m.counts.Accuracy())),
		" " + quiet.Render(fmt.Sprintf("of them right: normal %d of %d, ectopic %d of %d", m.counts.Right[0], m.counts.All[0],
			m.counts.Right[1], m.counts.All[1])),
	}
}

func (m *Model) bottom(width int, t theme.Theme) []string {
	b := board.Bottom{Text: m.notice, Tone: board.Bright, Question: m.question, Task: m.task}
	if m.err != nil {
		b.Text, b.Tone = m.err.Error()+"; r tries again", board.Warning
	}
	return b.Lines(width, t)
}
