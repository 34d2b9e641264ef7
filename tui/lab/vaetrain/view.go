package vaetrain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// factsWidth is what the numbers beside the charts take.
const factsWidth = 30

// What the upper part, the charts, and the lower part, codes and drawn digits, need to be worth drawing.
const (
	leastUpper = mainFacts
	leastLower = 9
	leastWidth = 60
)

// View implements lab.Screen.
func (m *Model) View(width, height int, t theme.Theme) string {
	if height <= 0 {
		return ""
	}
	bottom := m.bottom(width, t)
	if len(bottom) > height-leastUpper {
		bottom = bottom[:max(0, height-leastUpper)]
	}
	rest := height - len(bottom)
	lower := rest - max(leastUpper, rest*2/5)
	if lower < leastLower {
		lower = 0
	}
	body := m.upper(width, rest-lower, t)
	if lower > 0 {
		body = append(body, m.lower(width, lower, t)...)
	}
	return board.Stack(width, height, body, bottom)
}

// upper draws the charts of both losses and the facts right of them, in exactly height lines.
func (m *Model) upper(width, height int, t theme.Theme) []string {
	charts := width - factsWidth - 2
	if width < leastWidth {
		charts = width
	}
	half := charts / 2
	draw := func(name string, curves func(*history) (train, valid []widget.Point)) []string {
		c := m.chart(t, curves)
		return append([]string{" " + m.legend(name, half-1, c, t)}, strings.Split(c.Render(half-1, max(height-1, 1), t), "\n")...)
	}
	lines := board.Beside(
		draw("recon.", func(h *history) (train, valid []widget.Point) { return h.trainRec, h.validRec }), half, 0,
		draw("KL", func(h *history) (train, valid []widget.Point) { return h.trainKL, h.validKL }))
	if charts < width {
		lines = board.Beside(lines, charts, 2, m.facts(factsWidth-1, height, t))
	}
	return board.Fit(lines, width, height)
}

// settle is the part of a chart in which an untrained model's loss falls, out of the range of all that follows.
const settle = 0.04

// chart lays a loss of the present run over that of the one before. Its legend stands above it, where there is more room.
func (m *Model) chart(t theme.Theme, curves func(*history) (train, valid []widget.Point)) widget.Chart {
	train, valid := curves(m.now)
	c := widget.Chart{XMax: float64(m.now.settings.Epochs), XUnit: "epoch", Settle: settle, Empty: "no step yet", NoLegend: true}
	c.Series = []widget.Series{{Points: train, Mark: widget.Line, Color: t.Train}, {Points: valid, Mark: widget.Dots, Color: t.Validation}}
	if m.last != nil && m.overlay {
		before, _ := curves(m.last)
		c.Series = slices.Insert(c.Series, 0, widget.Series{Points: before, Mark: widget.Dotted, Color: t.LastRun})
	}
	return c
}

// legend is the heading of a chart: what it shows and the sign of each curve.
func (m *Model) legend(name string, width int, c widget.Chart, t theme.Theme) string {
	line := t.Style(t.Text).Bold(true).Render(name)
	names := map[widget.Mark]string{widget.Line: "train", widget.Dots: "valid", widget.Dotted: "last"}
	for _, s := range slices.Backward(c.Series) {
		next := " " + t.Style(s.Color).Render(s.Mark.Glyph(t)) + t.Style(t.Muted).Render(" "+names[s.Mark])
		if ansi.StringWidth(line+next) > width {
			break
		}
		line += next
	}
	return line
}

// lower draws the codes of held-out digits and, right of them, digits drawn from N(0, 1), in exactly height lines.
func (m *Model) lower(width, height int, t theme.Theme) []string {
	rows := height - 1
	side := min(2*rows, width/2-2) // A cell is twice as high as wide, so circles are round.
	muted := t.Style(t.Muted)
	caption := fmt.Sprintf("held-out codes, ±%g", m.now.reach)
	if m.now.settings.Latent > 2 {
		caption = fmt.Sprintf("dimensions 1, 2 of %d, ±%g", m.now.settings.Latent, m.now.reach)
	}
	left := []string{" " + muted.Render(caption)}
	if !m.looked() {
		left = []string{" " + muted.Render("codes and drawn digits appear here")}
		return board.Fit(left, width, height)
	}
	codes := m.now.codes
	for i := range codes {
		codes[i].Color = t.Class(i)
	}
	scatter := widget.Scatter{
		Groups: append(codes[:len(codes):len(codes)], widget.Circles(t.Text, 1, 2)...),
		Lo:     widget.Point{X: -m.now.reach, Y: -m.now.reach}, Hi: widget.Point{X: m.now.reach, Y: m.now.reach},
	}
	for _, line := range strings.Split(scatter.Render(side, min(rows, side/2), t), "\n") {
		left = append(left, " "+line)
	}
	leftWidth := max(side+1, 27)
	right := []string{muted.Render("drawn from N(0, 1), always the same draws")}
	right = append(right, m.drawn(width-leftWidth-3, rows, t)...)
	return board.Fit(board.Beside(left, leftWidth, 2, right), width, height)
}

// drawn draws as many of the drawn digits as fit, in at most height lines.
func (m *Model) drawn(width, height int, t theme.Theme) []string {
	strips := max(height/7, min(2, height/4))
	if strips == 0 {
		return nil
	}
	rows := height / strips
	columns := 2 * rows
	count := min((width+1)/(columns+1), len(m.now.drawn))
	if count <= 0 {
		return nil
	}
	h := m.now
	pictures := make([]widget.Picture, len(h.drawn))
	for i, p := range h.drawn {
		pictures[i] = p.Inner(h.rim)
	}
	var lines []string
	for strip := range strips {
		from := strip * count
		if from >= len(pictures) {
			break
		}
		lines = append(lines, widget.Row(pictures[from:min(from+count, len(pictures))], columns, rows, 1, t)...)
	}
	return lines
}

// bottom says what the lab waits for or what the last key did, and the task.
func (m *Model) bottom(width int, t theme.Theme) []string {
	b := board.Bottom{Text: m.phase(), Tone: board.Quiet, Question: m.question, Task: m.Task()}
	switch {
	case m.now.err != nil:
		b.Tone = board.Warning
		if m.notice.Text != "" {
			b.Text += "\n" + m.notice.Text // The reason stays: the notice is about what to do next.
		}
	case m.notice.Text != "":
		b.Text, b.Tone = m.notice.Text, m.notice.Tone
	case m.state.Paused:
		b.Tone = board.Bright
	}
	return b.Lines(width, t)
}

// phase says what the run does.
func (m *Model) phase() string {
	h := m.now
	switch {
	case h.err != nil:
		text := h.err.Error()
		if !strings.Contains(text, "r starts over") {
			text += "; r starts over"
		}
		return text
	case h.done != nil:
		return ending(h)
	case m.state.Stopping:
		return "stopping: the last validation runs …"
	case m.state.Preparing():
		return "opening the backend and MNIST …"
	case m.state.Paused:
		return fmt.Sprintf("paused at step %s; space goes on, s takes one step", board.Thousands(h.step.Step))
	case len(h.trainKL) == 0:
		return "compiling the model for its first step …"
	}
	return ""
}

// ending says how a run ended and what it reached.
func ending(h *history) string {
	how := map[engine.Ending]string{engine.Finished: "finished", engine.Stopped: "stopped"}[h.done.Ending]
	return fmt.Sprintf("%s: held out, reconstruction %s and KL %s nats; r starts over",
		how, nats(1)(h.done.Reconstruction), nats(2)(h.done.KL))
}
