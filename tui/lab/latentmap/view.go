package latentmap

import (
	"fmt"
	"strings"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// factsWidth is what the numbers right of the map take; leastMap is the width of a map beside which they stand.
const (
	factsWidth = 28
	leastMap   = 24
)

// area is where the map stands.
type area struct{ x, width, height int }

// shares is how the lab's area is shared out.
type shares struct {
	at     area
	facts  int // width of the numbers, 0 without
	strips int // rows of pictures
	rows   int // height of a picture
}

// share gives the pictures what makes a digit legible, and the map the rest. redrawn says that pictures stand one over the
// other where else there is one row of them.
func share(width, height int, redrawn bool) shares {
	s := shares{facts: factsWidth}
	if width >= 150 {
		s.facts = 48
	}
	if width < s.facts+leastMap+2 {
		s.facts = 0
	}
	switch {
	case height >= 44:
		s.strips, s.rows = 2, 10
	case height >= 32:
		s.strips, s.rows = 2, 7
	case height >= 16:
		s.strips, s.rows = 1, 5
		if redrawn {
			s.rows = 6
		}
	}
	s.at = area{x: 1, width: max(width-1, 0), height: height - s.strips*(s.rows+1)}
	if s.facts > 0 {
		s.at.width = width - 1 - 2 - s.facts - 1
	}
	return s
}

// mapArea is where the map stands in the lab's area.
func (m *Model) mapArea() area {
	return share(m.width, m.height-len(m.bottom(m.width, theme.Theme{})), m.redraws()).at
}

// View implements lab.Screen.
func (m *Model) View(width, height int, t theme.Theme) string {
	if height <= 0 {
		return ""
	}
	bottom := m.bottom(width, t)
	bottom = bottom[:min(len(bottom), height)]
	s := share(width, height-len(bottom), m.redraws())
	body := m.drawMap(s.at, t)
	if s.facts > 0 {
		body = board.Beside(body, s.at.x+s.at.width, 2, m.facts(s.facts, s.at.height, t))
	}
	body = board.Fit(body, width, max(s.at.height, 0))
	if s.strips > 0 {
		body = append(body, m.strips(width, s, t)...)
	}
	return board.Stack(width, height, body, bottom)
}

// scatter is the map.
func (m *Model) scatter() widget.Scatter { return widget.Scatter{Groups: m.shown().groups} }

// group sorts the places of the queries by class.
func group(plane lab.MapEvent, d lab.DigitsEvent) []widget.ScatterGroup {
	groups := make([]widget.ScatterGroup, len(d.Queries.Classes))
	for class, name := range d.Queries.Classes {
		groups[class].Name = name
		groups[class].Mark = []rune(name)[0]
	}
	for i, p := range plane.Queries {
		g := &groups[d.Queries.Labels[i]]
		g.Points = append(g.Points, widget.Point{X: p[0], Y: p[1]})
	}
	return groups
}

func (m *Model) drawMap(at area, t theme.Theme) []string {
	shown := m.shown()
	if shown.plane.Queries == nil || at.height <= 0 {
		lines := make([]string, max(at.height, 0))
		if m.err == nil && len(lines) > 0 {
			lines[len(lines)/2] = " " + t.Style(t.Muted).Render("the map appears here")
		}
		return lines
	}
	s := m.scatter()
	s.Groups = append([]widget.ScatterGroup(nil), s.Groups...)
	for class := range s.Groups {
		s.Groups[class].Color = t.Class(class)
	}
	here := point(shown.plane.Queries[m.query])
	if m.from != nobody {
		start := point(shown.plane.Queries[m.from])
		for step := 1; step < pathSteps-1; step++ {
			part := float64(step) / (pathSteps - 1)
			at := widget.Point{X: start.X*(1-part) + here.X*part, Y: start.Y*(1-part) + here.Y*part}
			s.Marks = append(s.Marks, widget.ScatterMark{At: at, Sign: '•', Color: t.Accent})
		}
		s.Marks = append(s.Marks, widget.ScatterMark{At: start, Sign: '◇', Color: t.Accent})
	} else {
		for _, i := range m.neighbors(shown) {
			s.Marks = append(s.Marks, widget.ScatterMark{At: point(shown.plane.References[i]), Sign: '○', Color: t.Text})
		}
	}
	s.Marks = append(s.Marks, widget.ScatterMark{At: here, Sign: '◆', Color: t.Accent})
	lines := strings.Split(s.Render(at.width, at.height, t), "\n")
	for i := range lines {
		lines[i] = strings.Repeat(" ", at.x) + lines[i]
	}
	return lines
}

func point(p [2]float64) widget.Point { return widget.Point{X: p[0], Y: p[1]} }

// facts are the numbers right of the map, with the chart below them, in at most height lines.
func (m *Model) facts(width, height int, t theme.Theme) []string {
	quiet, plain := board.Style(board.Quiet, t), board.Style(board.Plain, t)
	bright := board.Style(board.Bright, t).Bold(true)
	mark := func(by setting, text string) string {
		if m.changed == by {
			return bright.Render(text)
		}
		return plain.Render(text)
	}
	about := "-"
	if m.digits.Queries != nil && m.query < m.digits.Asked {
		about = fmt.Sprintf("#%s  %q", board.Thousands(m.query), m.class(m.digits.Queries.Labels[m.query]))
	}
	lines := []string{
		quiet.Render("query ◆   ") + mark(ofQuery, about),
		quiet.Render("k ") + mark(ofK, board.PadLeft(fmt.Sprint(m.settings.K), 2)) + quiet.Render(" + −   code ") +
			mark(ofLatent, board.PadLeft(fmt.Sprint(m.settings.Latent), 2)) + quiet.Render(" [ ]"),
	}
	column := (width - 10) / 2
	row := func(label, latent, pixels string, bold bool) {
		style := plain
		if bold {
			style = plain.Bold(true)
		}
		lines = append(lines, quiet.Render(board.Pad(label, 10))+style.Render(board.PadLeft(latent, column)+board.PadLeft(pixels, column)))
	}
	lines = append(lines, quiet.Render(board.Pad("", 10)+board.PadLeft("codes", column)+board.PadLeft("pixels", column)))
	cells := func(text func(lab.SpaceEvent) string) (latent, pixels string) {
		latent, pixels = "-", "-"
		if m.latent.space.Queries > 0 {
			latent = text(m.latent.space)
		}
		if m.pixels.space.Queries > 0 {
			pixels = text(m.pixels.space)
		}
		return latent, pixels
	}
	latent, pixels := cells(func(e lab.SpaceEvent) string { return board.Fixed(e.Accuracies[m.settings.K-1], 3) })
	row("accuracy", latent, pixels, true)
	latent, pixels = cells(func(e lab.SpaceEvent) string { best, _ := e.Best(); return board.Fixed(best, 3) })
	row("best", latent, pixels, false)
	latent, pixels = cells(func(e lab.SpaceEvent) string { return board.Fixed(e.PerQuery, 2) + " ms" })
	row("per query", latent, pixels, false)
	latent, pixels = cells(func(e lab.SpaceEvent) string { return board.Bytes(int64(e.Bytes)) })
	row("memory", latent, pixels, false)
	if room := height - len(lines); room >= 4 {
		if m.training() {
			lines = append(lines, m.learning.Chart(width, min(room, 16), t)...)
		} else {
			lines = append(lines, strings.Split(m.chart(t).Render(width, min(room, 16), t), "\n")...)
		}
	}
	return lines[:min(len(lines), max(height, 0))]
}

// class is the name of a label.
func (m *Model) class(label uint8) string { return m.digits.Queries.Classes[label] }

// chart is accuracy against k.
func (m *Model) chart(t theme.Theme) widget.Chart {
	c := widget.Chart{XMin: 1, XMax: lab.MostNeighbors, XName: "k", Empty: "accuracy against k"}
	add := func(name string, e lab.SpaceEvent, mark widget.Mark, s widget.Series) {
		if e.Queries == 0 {
			return
		}
		s.Name, s.Mark = name, mark
		for i, a := range e.Accuracies {
			s.Points = append(s.Points, widget.Point{X: float64(i + 1), Y: a})
		}
		c.Series = append(c.Series, s)
		c.Series = append(c.Series, widget.Series{Mark: widget.Dots, Color: t.Accent, Points: s.Points[m.settings.K-1 : m.settings.K]})
	}
	add("pixels", m.pixels.space, widget.Dotted, widget.Series{Color: t.LastRun})
	add("codes", m.latent.space, widget.Line, widget.Series{Color: t.Train})
	return c
}

// bottom says what the lab does or what the last key did, and the task.
func (m *Model) bottom(width int, t theme.Theme) []string {
	b := board.Bottom{Question: m.question, Task: m.Task()}
	switch {
	case m.err != nil:
		b.Text, b.Tone = m.err.Error()+"; r starts over", board.Warning
	case m.notice.Text != "":
		b.Text, b.Tone = m.notice.Text, m.notice.Tone
	case !m.ended:
		lines := b.Lines(width, t)
		return append([]string{board.Working(m.progress, width, t)}, lines[len(lines)-1:]...)
	}
	return b.Lines(width, t)
}
