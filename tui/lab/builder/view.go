package builder

import (
	"fmt"
	"math"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// stackWidth is what the table of layers takes, leastCode the width beside it at which code can be read.
const (
	stackWidth = 46
	leastCode  = 26
)

// mostThick is how many lines a layer of the hourglass takes at most, nameWidth what stands left of it.
const (
	mostThick = 4
	nameWidth = 9
)

// leastTrial and mostTrial bound the height of what the trial shows.
const (
	leastTrial = 8
	mostTrial  = 24
)

// View implements lab.Screen.
func (m *Model) View(width, height int, t theme.Theme) string {
	if height <= 0 {
		return ""
	}
	bottom := m.bottom(width, t)
	bottom = bottom[:min(len(bottom), height)]
	rest := height - len(bottom)
	trialHeight := min(max(rest-len(m.layers())-3, leastTrial), mostTrial)
	if rest < leastTrial+5 {
		trialHeight = 0
	}
	left := stackWidth
	if width >= 110 {
		left = width - 58
	}
	top := m.table(min(left, width), rest-trialHeight, t)
	if code := width - left - 2; code >= leastCode {
		top = board.Beside(top, left, 2, m.code(code, rest-trialHeight-1, t))
	}
	body := board.Fit(top, width, rest-trialHeight)
	if trialHeight > 0 {
		body = append(body, m.trial(width, left, trialHeight, t)...)
	}
	return board.Stack(width, height, body, bottom)
}

// table is the stack as an hourglass, in at most height lines, with what it amounts to in the last.
func (m *Model) table(width, height int, t theme.Theme) []string {
	quiet, plain := board.Style(board.Quiet, t), board.Style(board.Plain, t)
	layers := m.layers()
	bar := max(width-34, 4)
	most := m.stack.Width()
	for _, l := range layers {
		most = max(most, l.Units)
	}
	room := max(height-2, 1)
	var lines []string
	thick := min(max(room/(len(layers)+1), 1), mostThick)
	add := func(units int, name, facts string) {
		glass := hourglass(most, units, bar, t)
		for row := range thick {
			if row == (thick-1)/2 {
				lines = append(lines, name+glass+facts)
			} else {
				lines = append(lines, strings.Repeat(" ", nameWidth)+glass)
			}
		}
	}
	add(m.stack.Width(), "  "+quiet.Render(board.Pad("input", 7)), plain.Render(board.PadLeft(board.Thousands(m.stack.Width()), 6)))
	in := m.stack.Width()
	for i, l := range layers {
		style, marker := plain, "  "
		if i == m.at {
			style, marker = board.Style(board.Bright, t).Bold(true), "▸ "
		}
		// in·units weights and units biases
		parameters := in*l.Units + l.Units
		add(l.Units, style.Render(marker+board.Pad(m.name(i), 7)),
			style.Render(board.PadLeft(board.Thousands(l.Units), 6))+" "+quiet.Render(board.Pad(string(l.Activation), 8))+
				plain.Render(board.PadLeft(board.Thousands(parameters), 10)))
		in = l.Units
	}
	if len(lines) > room {
		from := min(max(m.at+1-room/2, 0), len(lines)-room)
		lines = lines[from : from+room]
	}
	return append(lines, m.summary(t))
}

// summary is what the stack amounts to.
func (m *Model) summary(t theme.Theme) string {
	plain := board.Style(board.Plain, t)
	if m.fault != nil {
		return "  " + board.Style(board.Warning, t).Render("✗ no autoencoder yet, see below")
	}
	ratio := board.Fixed(m.stack.Compression(), 0)
	if m.stack.Compression() < 10 {
		ratio = board.Fixed(m.stack.Compression(), 1)
	}
	return "  " + plain.Render(ratio+" : 1") + board.Style(board.Quiet, t).Render("  ✓ ends where it began") +
		plain.Bold(true).Render("  Σ "+board.Thousands(m.stack.Parameters()))
}

// hourglass is a bar in the middle of width cells. Its length goes with the root of the units: of 784 and 16, in
// proportion, one would fill the line or the other be nothing.
func hourglass(most, units, width int, t theme.Theme) string {
	cells := int(math.Round(float64(width) * math.Sqrt(float64(units)/float64(max(most, 1)))))
	cells = min(max(cells, 1), width)
	if (width-cells)%2 == 1 && cells < width {
		cells++ // The same room on both sides.
	}
	side := (width - cells) / 2
	return strings.Repeat(" ", side) + t.Style(t.Muted).Render(strings.Repeat("█", cells)) + strings.Repeat(" ", width-cells-side)
}

// code is the GoMLX code of the stack around the line of the selected layer.
func (m *Model) code(width, height int, t theme.Theme) []string {
	quiet := board.Style(board.Quiet, t)
	if m.fault != nil {
		lines := strings.Split(ansi.Wrap("no code: it would not run", width, ""), "\n")
		for i := range lines {
			lines[i] = quiet.Render(lines[i])
		}
		return lines
	}
	var lines []string
	selected, layer := 0, -1
	for _, line := range m.source {
		style := quiet
		if strings.Contains(line, "DenseWithBias(") {
			if layer++; layer == m.at {
				style, selected = board.Style(board.Bright, t), len(lines)
			}
		}
		for _, part := range wrapCode(line, width) {
			lines = append(lines, style.Render(part))
		}
	}
	from := min(max(selected-height/3, 0), max(len(lines)-height, 0))
	return lines[from:min(from+max(height, 0), len(lines))]
}

// wrapCode breaks a line of code behind a comma or an opening bracket, as Go allows it.
func wrapCode(line string, width int) []string {
	var parts []string
	indent := line[:len(line)-len(strings.TrimLeft(line, " "))] + "  "
	for ansi.StringWidth(line) > width {
		// All arguments in a line of their own read best.
		at := strings.IndexByte(line, '(') + 1
		if at == 0 || at > width || ansi.StringWidth(indent+line[at:]) > width {
			at = 0
			for i, r := range line {
				if i < width && i > len(indent) && (r == ',' || r == '(') {
					at = i + 1
				}
			}
		}
		if at == 0 || at == len(line) {
			break
		}
		parts = append(parts, line[:at])
		line = indent + strings.TrimLeft(line[at:], " ")
	}
	return append(parts, ansi.Truncate(line, width, "…"))
}

// trial is the chart of the trial with pictures right of it, in exactly height lines.
func (m *Model) trial(width, left, height int, t theme.Theme) []string {
	chartWidth := min(left, width)
	chart := widget.Chart{XMax: float64(m.epochs), XUnit: "epoch", Settle: 0.04, Empty: "enter trains this stack briefly"}
	if m.fault != nil {
		chart.Empty = "this stack cannot train yet"
	}
	if len(m.last.loss) > 0 {
		chart.Series = append(chart.Series, widget.Series{Name: "before", Points: m.last.loss, Mark: widget.Dotted, Color: t.LastRun})
	}
	chart.Series = append(chart.Series,
		widget.Series{Name: "train", Points: m.now.loss, Mark: widget.Line, Color: t.Train},
		widget.Series{Name: "held out", Points: m.now.validation, Mark: widget.Dots, Color: t.Validation})
	lines := strings.Split(chart.Render(chartWidth, height, t), "\n")
	if right := width - left - 2; right >= leastCode {
		lines = board.Beside(lines, left, 2, m.pictures(right, height, t))
	}
	return board.Fit(lines, width, height)
}

// pictures are the figures of the trial over held-out digits and their reconstructions.
func (m *Model) pictures(width, height int, t theme.Theme) []string {
	quiet, plain := board.Style(board.Quiet, t), board.Style(board.Plain, t)
	var lines []string
	figure := func(label string, r trial, style func(...string) string) {
		if len(r.validation) == 0 {
			return
		}
		value := r.validation[len(r.validation)-1].Y
		if r.done != nil {
			value = r.done.ValLoss
		}
		lines = append(lines, ansi.Truncate(quiet.Render(board.Pad(label, 7))+style(board.Loss(value))+"  "+quiet.Render(r.stack), width, "…"))
	}
	figure("error", m.now, plain.Bold(true).Render)
	figure("before", m.last, plain.Render)
	rows := min((height-len(lines))/2, ((width+1)/3-1)/2, 12) // three pictures side by side, at least
	count := min(len(m.now.preview.Inputs), len(m.now.preview.Reconstructions), (width+1)/(2*max(rows, 1)+1))
	if rows < 3 || count == 0 {
		return lines
	}
	pick := func(pixels [][]float32) []widget.Picture {
		out := make([]widget.Picture, count)
		for i := range out {
			out[i] = widget.Picture{Height: m.stack.Input[0], Width: m.stack.Input[1], Pixels: pixels[i]}
		}
		return out
	}
	inputs, redrawn := pick(m.now.preview.Inputs), pick(m.now.preview.Reconstructions)
	widget.Trim(inputs, redrawn)
	lines = append(lines, widget.Row(inputs, 2*rows, rows, 1, t)...)
	return append(lines, widget.Row(redrawn, 2*rows, rows, 1, t)...)
}

// bottom says what is wrong with the stack, what the last key did, or what trains, and the task.
func (m *Model) bottom(width int, t theme.Theme) []string {
	b := board.Bottom{Question: m.question, Task: m.task}
	switch {
	case m.fault != nil:
		b.Text, b.Tone = "✗ "+m.advice(), board.Warning
	case m.notice.Text != "":
		b.Text, b.Tone = m.notice.Text, m.notice.Tone
	case m.now.working:
		lines := b.Lines(width, t)
		working := lab.Progress{Doing: fmt.Sprintf("training %s", m.now.stack), Fraction: m.now.progress}
		return append([]string{board.Working(working, width, t)}, lines[len(lines)-1:]...)
	}
	return b.Lines(width, t)
}
