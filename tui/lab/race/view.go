package race

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// The cells of the table beside the chart: the sizes, and the column of each racer.
const (
	sizeWidth  = 5
	racerWidth = 11
	leastTable = 27 // what is written below the table
)

// leastChart is the width below which the chart gives its place to the table.
const leastChart = 24

// View implements lab.Screen.
func (m *Model) View(width, height int, t theme.Theme) string {
	if height <= 0 {
		return ""
	}
	bottom := m.bottom(width, t)
	lines := []string{
		" " + t.Style(t.Muted).Render("you predict the crossover at n = ") +
			board.Style(board.Bright, t).Render(strconv.Itoa(m.prediction)), "",
	}
	rows := max(height-len(bottom)-len(lines), 0)
	table := m.table(rows, t)
	chart := width - max(sizeWidth+racerWidth*len(m.racers()), leastTable) - 2
	if chart < leastChart {
		return board.Stack(width, height, append(lines, table...), bottom)
	}
	drawn := strings.Split(m.chart(t).Render(chart, max(rows, 1), t), "\n")
	return board.Stack(width, height, append(lines, board.Beside(drawn, chart, 2, table)...), bottom)
}

func (m *Model) chart(t theme.Theme) widget.Chart {
	sizes := lab.RaceSizes()
	c := widget.Chart{
		XMin: float64(sizes[0]), XMax: float64(sizes[len(sizes)-1]), XLog: true, Log: true, XName: "n",
		Empty: "enter starts the race",
		Rules: []widget.Rule{{X: float64(m.prediction), Color: t.Muted}},
	}
	if m.phase == racing {
		c.Empty = "measuring"
	}
	if m.crossover > 0 {
		c.Rules = append(c.Rules, widget.Rule{X: m.crossover, Color: t.Text, Bold: true})
	}
	for i, name := range m.racers() {
		// The heads of the table name the curves, so the chart needs no legend.
		series := widget.Series{Mark: racerMark(i), Color: racerColor(i, t)}
		for _, p := range m.points {
			if p.Multiplier == name {
				series.Points = append(series.Points, widget.Point{X: float64(p.Size), Y: p.GFLOPS})
			}
		}
		c.Series = append(c.Series, series)
	}
	return c
}

// racerMark is the mark of one of the racers, in the chart and above its column. Each has its own, so that they stay apart
// without colours.
func racerMark(i int) widget.Mark {
	marks := []widget.Mark{widget.Dotted, widget.Line, widget.Dots, widget.Crosses}
	return marks[min(i, len(marks)-1)]
}

// racerColor is the colour of one of the racers, in the chart and above its column.
func racerColor(i int, t theme.Theme) color.Color {
	switch i {
	case 0:
		return t.Muted
	case 1:
		return t.Accent
	default:
		return t.Class(i)
	}
}

// racers are the names of all who race, the loop and the backend of the prediction first.
func (m *Model) racers() []string {
	if m.start.Backend == "" {
		return []string{"loop", "backend"}
	}
	return m.start.Racers()
}

// table lists what is measured, in GFLOP/s.
func (m *Model) table(rows int, t theme.Theme) []string {
	head := t.Style(t.Muted).Render(board.PadLeft("n", sizeWidth))
	for i, name := range m.racers() {
		head += t.Style(racerColor(i, t)).Render(board.PadLeft(racerMark(i).Glyph(t)+" "+name, racerWidth))
	}
	lines := []string{head}
	for _, n := range lab.RaceSizes() {
		line := t.Style(t.Muted).Render(board.PadLeft(strconv.Itoa(n), sizeWidth))
		for _, name := range m.racers() {
			number, tone := "-", board.Plain
			for i, p := range m.points {
				if p.Size == n && p.Multiplier == name {
					number = board.Fixed(p.GFLOPS, 3)
					if i == len(m.points)-1 && m.phase == racing {
						tone = board.Bright
					}
				}
			}
			line += board.Style(tone, t).Render(board.PadLeft(number, racerWidth))
		}
		lines = append(lines, line)
	}
	lines = append(lines, t.Style(t.Muted).Render("GFLOP/s, larger is better"))
	if len(m.start.Missing) > 0 {
		missing := "not here:"
		for _, b := range m.start.Missing {
			missing += " " + b.Backend
		}
		lines = append(lines, t.Style(t.Muted).Render(missing))
	}
	if m.crossover > 0 {
		lines = append(lines, "", t.Style(t.Muted).Render("measured crossover ")+
			board.Style(board.Bright, t).Render(board.Fixed(m.crossover, 0)))
	}
	return lines[:min(len(lines), rows)]
}

func (m *Model) bottom(width int, t theme.Theme) []string {
	b := board.Bottom{Text: m.notice, Tone: board.Bright, Question: m.question, Task: m.task}
	switch {
	case m.err != nil:
		b.Text, b.Tone = m.err.Error()+"; enter races again", board.Warning
	case m.notice != "":
	case m.phase == racing:
		b.Text, b.Tone = fmt.Sprintf("measuring, %d of %d points", len(m.points), len(m.racers())*len(lab.RaceSizes())), board.Quiet
	case m.phase == finished && m.crossover > 0:
		b.Text, b.Tone = "bold is the crossover, dotted your prediction; ← → predict anew", board.Quiet
	case m.phase == finished:
		b.Text, b.Tone = m.racers()[1]+" did not win at the largest size; enter races again", board.Quiet
	}
	return b.Lines(width, t)
}
