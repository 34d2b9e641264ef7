package race

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// tableWidth is what the table beside the chart takes.
const tableWidth = 27

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
	chart := width - tableWidth - 2
	if chart < leastChart {
		return board.Stack(width, height, append(lines, table...), bottom)
	}
	drawn := strings.Split(m.chart(t).Render(chart, max(rows, 1), t), "\n")
	return board.Stack(width, height, append(lines, board.Beside(drawn, chart, 2, table)...), bottom)
}

func (m *Model) chart(t theme.Theme) widget.Chart {
	sizes := lab.RaceSizes()
	c := widget.Chart{
		XMin: float64(sizes[0]), XMax: float64(sizes[len(sizes)-1]), XLog: true, Log: true, XUnit: "n",
		Empty: "enter starts the race",
		Series: []widget.Series{
			{Name: "loop", Mark: widget.Dotted, Color: t.Muted},
			{Name: m.rival(), Mark: widget.Line, Color: t.Accent},
		},
		Rules: []widget.Rule{{X: float64(m.prediction), Color: t.Muted}},
	}
	if m.phase == racing {
		c.Empty = "measuring"
	}
	if m.crossover > 0 {
		c.Rules = append(c.Rules, widget.Rule{X: m.crossover, Color: t.Text, Bold: true})
	}
	for _, p := range m.points {
		i := 1
		if p.Multiplier == m.start.Loop {
			i = 0
		}
		c.Series[i].Points = append(c.Series[i].Points, widget.Point{X: float64(p.Size), Y: p.GFLOPS})
	}
	return c
}

// rival is the name of the backend.
func (m *Model) rival() string {
	if m.start.Backend == "" {
		return "backend"
	}
	return m.start.Backend
}

// table lists what is measured, in GFLOP/s.
func (m *Model) table(rows int, t theme.Theme) []string {
	lines := []string{t.Style(t.Muted).Render(fmt.Sprintf("%5s %9s %9s", "n", "loop", m.rival()))}
	for _, n := range lab.RaceSizes() {
		line := t.Style(t.Muted).Render(fmt.Sprintf("%5d", n))
		for _, name := range []string{m.start.Loop, m.start.Backend} {
			number, tone := "-", board.Plain
			for i, p := range m.points {
				if p.Size == n && p.Multiplier == name {
					number = board.Fixed(p.GFLOPS, 3)
					if i == len(m.points)-1 && m.phase == racing {
						tone = board.Bright
					}
				}
			}
			line += " " + board.Style(tone, t).Render(board.PadLeft(number, 9))
		}
		lines = append(lines, line)
	}
	lines = append(lines, t.Style(t.Muted).Render("GFLOP/s, larger is better"))
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
		b.Text, b.Tone = fmt.Sprintf("measuring, %d of %d points", len(m.points), 2*len(lab.RaceSizes())), board.Quiet
	case m.phase == finished && m.crossover > 0:
		b.Text, b.Tone = "bold is the crossover, dotted your prediction; ← → predict anew", board.Quiet
	case m.phase == finished:
		b.Text, b.Tone = "the backend did not win at the largest size; enter races again", board.Quiet
	}
	return b.Lines(width, t)
}
