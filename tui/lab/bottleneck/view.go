package bottleneck

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// tableWidth is what the numbers right of the chart take.
const tableWidth = 27

// leastTop is the height of the table.
const leastTop = 8

// View implements lab.Screen.
func (m *Model) View(width, height int, t theme.Theme) string {
	if height <= 0 {
		return ""
	}
	bottom := m.bottom(width, t)
	bottom = bottom[:min(len(bottom), height)]
	rest := height - len(bottom)
	rows := pictureRows(width, rest)
	top := rest
	if rows > 0 {
		top = rest - 2*rows - 1
	}
	body := m.top(width, top, t)
	if rows > 0 {
		body = append(body, board.Fit(m.pictures(rows, t), width, 2*rows+1)...)
	}
	return board.Stack(width, height, body, bottom)
}

// pictureRows is the height of a picture of which seven stand in a row, two of them one above the other; 0 where they
// would not be legible.
func pictureRows(width, height int) int {
	columns := (width - 1) / (len(lab.BottleneckSizes()) + 1)
	rows := min((columns-1)/2, (height-leastTop-1)/2, 14)
	if height-2*rows-1 < height*2/5 {
		rows = (height*3/5 - 1) / 2
	}
	if rows < 4 {
		return 0
	}
	return rows
}

// top draws the chart with the table right of it, in exactly height lines.
func (m *Model) top(width, height int, t theme.Theme) []string {
	chartWidth := width - tableWidth - 2
	if chartWidth < 24 {
		chartWidth = width
	}
	lines := strings.Split(m.chart(t).Render(chartWidth, height, t), "\n")
	if chartWidth < width {
		lines = board.Beside(lines, chartWidth, 2, m.table(t))
	}
	return board.Fit(lines, width, height)
}

func (m *Model) chart(t theme.Theme) widget.Chart {
	sizes := lab.BottleneckSizes()
	c := widget.Chart{XMax: float64(len(sizes) - 1), Empty: "no error yet"}
	for _, size := range sizes {
		c.XLabels = append(c.XLabels, fmt.Sprint(size))
	}
	curve := func(method string) []widget.Point {
		var points []widget.Point
		for i, size := range sizes {
			if e, ok := m.sizes[method][size]; ok {
				points = append(points, widget.Point{X: float64(i), Y: e.Error})
			}
		}
		return points
	}
	autoencoder := curve(lab.Autoencoder)
	c.Series = []widget.Series{
		{Name: "PCA", Points: curve(lab.PCA), Mark: widget.Dotted, Color: t.LastRun},
		{Name: "autoencoder", Points: autoencoder, Mark: widget.Line, Color: t.Train},
		{Points: autoencoder, Mark: widget.Dots, Color: t.Accent},
	}
	return c
}

// table is the errors by size.
func (m *Model) table(t theme.Theme) []string {
	quiet, plain := board.Style(board.Quiet, t), board.Style(board.Plain, t)
	bright := board.Style(board.Bright, t).Bold(true)
	lines := []string{quiet.Render(board.PadLeft("code", 6) + board.PadLeft("autoenc.", 10) + board.PadLeft("PCA", 10))}
	for _, size := range lab.BottleneckSizes() {
		marker, style := "  ", plain
		if size == m.marked {
			marker, style = "▸ ", bright
		}
		cell := func(method string) string {
			e, ok := m.sizes[method][size]
			switch {
			case !ok:
				return quiet.Render(board.PadLeft("-", 10))
			case !e.Ended:
				return quiet.Render(board.PadLeft(board.Loss(e.Error), 10))
			}
			return style.Render(board.PadLeft(board.Loss(e.Error), 10))
		}
		lines = append(lines, style.Render(marker+board.PadLeft(fmt.Sprint(size), 4))+cell(lab.Autoencoder)+cell(lab.PCA))
	}
	return lines
}

// pictures are the sample and what each size makes of it, the autoencoders over PCA.
func (m *Model) pictures(rows int, t theme.Theme) []string {
	columns := 2 * rows
	muted := t.Style(t.Muted)
	sizes := lab.BottleneckSizes()
	captions := []string{"digit " + m.sample.Label}
	redrawn := map[string][]widget.Picture{}
	for _, size := range sizes {
		caption := fmt.Sprint(size)
		if size == m.marked {
			caption = "▸ " + caption
		}
		captions = append(captions, caption)
		for _, method := range []string{lab.Autoencoder, lab.PCA} {
			redrawn[method] = append(redrawn[method], picture(m.sizes[method][size].Picture))
		}
	}
	lines := []string{" " + muted.Render(widget.Captions(captions, columns, 1))}
	first := append([]widget.Picture{picture(m.sample.Picture)}, redrawn[lab.Autoencoder]...)
	widget.Trim(first, redrawn[lab.PCA])
	for _, line := range widget.Row(first, columns, rows, 1, t) {
		lines = append(lines, " "+line)
	}
	names := []string{"", "autoenc. ▲", "", "PCA      ▼"}
	for i, line := range widget.Row(redrawn[lab.PCA], columns, rows, 1, t) {
		name := ""
		if i < len(names) {
			name = ansi.Truncate(names[i], columns, "")
		}
		lines = append(lines, " "+muted.Render(board.PadLeft(name, columns))+" "+line)
	}
	return lines
}

// picture is a digit of MNIST; one that is not there yet is blank.
func picture(pixels []float32) widget.Picture {
	return widget.Picture{Height: 28, Width: 28, Pixels: pixels}
}

// bottom says what the lab does, and the task.
func (m *Model) bottom(width int, t theme.Theme) []string {
	b := board.Bottom{Question: m.question, Task: m.Task()}
	switch {
	case m.err != nil:
		b.Text, b.Tone = m.err.Error()+"; r starts over", board.Warning
	case m.notice != "":
		b.Text, b.Tone = m.notice, board.Warning
	case !m.ended:
		lines := b.Lines(width, t)
		return append([]string{board.Working(m.progress, width, t)}, lines[len(lines)-1:]...)
	}
	return b.Lines(width, t)
}
