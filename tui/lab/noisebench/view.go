package noisebench

import (
	"fmt"
	"math"
	"strings"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/noise"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// columns are the clean example and every method, side by side.
const columns = 6

// Sizes of a picture in cells: the least that shows a digit, and the one at which all its pixels are drawn.
const (
	leastRows = 3
	mostRows  = 14
)

// tableRows is the table with its head.
const tableRows = columns

// View implements lab.Screen.
func (m *Model) View(width, height int, t theme.Theme) string {
	if height <= 0 {
		return ""
	}
	bottom := m.bottom().Lines(width, t)
	free := height - len(bottom)
	lines := []string{m.slider(t)}
	// Above the table come the slider, two lines of captions and a line between.
	cells, rows, examples := share(width, free-tableRows-4)
	if examples > 0 {
		lines = append(lines, m.captions(cells, t)...)
		lines = append(lines, m.strip(cells, rows, examples, t)...)
		lines = append(lines, "")
	}
	lines = append(lines, m.lower(width, max(free-len(lines), tableRows), t)...)
	return board.Stack(width, height, lines, bottom)
}

// share gives the pictures the room that they can use: the size of one and how many examples stand one below the other.
func share(width, height int) (cells, rows, examples int) {
	cells = min((width-2-(columns-1))/columns, 2*mostRows)
	rows = min(cells/2, height)
	if rows < leastRows {
		return 0, 0, 0
	}
	return min(cells, 2*rows+2), rows, height / rows
}

// slider says what noise there is, on what.
func (m *Model) slider(t theme.Theme) string {
	const places = strengthSteps - 1
	at := int(math.Round(m.settings.Strength*strengthSteps)) - 1
	bar := strings.Repeat("─", min(max(at, 0), places-1)) + "●" + strings.Repeat("─", max(places-1-at, 0))
	quiet, plain, bright := board.Style(board.Quiet, t), board.Style(board.Plain, t), board.Style(board.Bright, t)
	return " " + quiet.Render("noise ") + bright.Render(board.Pad(string(m.settings.Kind), 16)) +
		quiet.Render("strength ") + plain.Render(bar) + " " + bright.Render(board.Fixed(m.settings.Strength, 2)) +
		quiet.Render("   d data ") + plain.Render(string(m.settings.Data))
}

// title is a method in at most ten cells.
func title(method lab.Method) string {
	switch method {
	case lab.Denoising:
		return "denoise AE"
	case lab.Gauss:
		return "gauss"
	default:
		return string(method)
	}
}

// captions name the columns, and below what makes each special.
func (m *Model) captions(cells int, t theme.Theme) []string {
	names, details := []string{"clean"}, []string{""}
	for _, method := range lab.Methods() {
		names, details = append(names, title(method)), append(details, m.pictures.Detail[method])
	}
	return []string{
		" " + board.Style(board.Plain, t).Render(widget.Captions(names, cells, 1)),
		" " + board.Style(board.Quiet, t).Render(widget.Captions(details, cells, 1)),
	}
}

// strip draws examples one below the other, in examples·rows lines.
func (m *Model) strip(cells, rows, examples int, t theme.Theme) []string {
	lines := make([]string, 0, rows*examples)
	n := len(m.pictures.Clean)
	for i := range examples {
		if i >= n {
			waiting := make([]string, rows)
			if n == 0 && i == 0 && m.err == nil {
				waiting[rows/2] = " " + board.Style(board.Quiet, t).Render("reading the held-out examples …")
			}
			lines = append(lines, waiting...)
			continue
		}
		for _, line := range m.example((m.first+i)%n, cells, rows, t) {
			lines = append(lines, " "+line)
		}
	}
	return lines
}

// example draws one example with what each method makes of it.
func (m *Model) example(i, cells, rows int, t theme.Theme) []string {
	versions := [][]float32{m.pictures.Clean[i]}
	for _, method := range lab.Methods() {
		var version []float32
		if all := m.pictures.Others[method]; i < len(all) {
			version = all[i]
		}
		versions = append(versions, version)
	}
	if m.settings.Data == lab.NoisyBeats {
		traces := make([]widget.Trace, len(versions))
		for j, v := range versions {
			traces[j] = widget.Trace{Values: v, Low: 0, High: 1, Color: t.Text}
			if lab.Methods()[max(j-1, 0)] == lab.Denoising && j > 0 {
				traces[j].Color = t.Accent
			}
		}
		return widget.Traces(traces, cells, rows, 1, t)
	}
	pictures := make([]widget.Picture, len(versions))
	for j, v := range versions {
		side := int(math.Sqrt(float64(len(v))))
		pictures[j] = widget.Picture{Height: side, Width: side, Pixels: v}
		if rows < mostRows/2+1 && side == 28 {
			// Digits fill the middle of their picture; without the rim they are drawn larger.
			pictures[j] = pictures[j].Crop(3, 3, 22, 22)
		}
	}
	return widget.Row(pictures, cells, rows, 1, t)
}

// tableWidth is what the table takes.
const tableWidth = 48

// lower is the table of measures with the training beside it.
func (m *Model) lower(width, height int, t theme.Theme) []string {
	table := m.table(t)
	if width < tableWidth+24 {
		return table
	}
	return board.Beside(table, tableWidth, 2, m.learning(width-tableWidth-3, height, t))
}

// table is the measures of all methods. The row of the denoising autoencoder is what the learner works on.
func (m *Model) table(t theme.Theme) []string {
	head := fmt.Sprintf(" %-12s %8s %8s %8s %7s", "", "MSE", "PSNR dB", "gain dB", "SSIM")
	lines := []string{board.Style(board.Quiet, t).Render(head)}
	for _, method := range lab.Methods() {
		mse, psnr, gain, ssim := "-", "-", "-", "-"
		tone := board.Quiet
		if e, ok := m.measures[method]; ok {
			mse, psnr = board.Loss(e.MSE), board.Fixed(e.PSNR, 2)
			if method != lab.Noisy {
				gain = fmt.Sprintf("%+.2f", e.Gain)
			}
			if e.SSIM != 0 {
				ssim = board.Fixed(e.SSIM, 3)
			}
			if !m.stale[method] {
				tone = board.Plain
			}
		}
		if method == lab.Denoising && tone == board.Plain {
			tone = board.Bright
		}
		row := fmt.Sprintf(" %-12s %8s %8s %8s %7s", method, mse, psnr, gain, ssim)
		lines = append(lines, board.Style(tone, t).Render(row))
	}
	return lines
}

// learning is the chart of the run with its progress, in at most height lines.
func (m *Model) learning(width, height int, t theme.Theme) []string {
	if m.train == nil || m.training.settings.Epochs == 0 {
		return m.before(width, height, t)
	}
	epochs := m.training.settings.Epochs
	if m.training.step.Epochs > 0 {
		epochs = m.training.step.Epochs
	}
	chart := widget.Chart{XMax: float64(epochs), XUnit: "epoch", Settle: 0.04, Empty: "no step yet", Series: []widget.Series{
		{Name: "train", Points: m.training.steps, Mark: widget.Line, Color: t.Train},
		{Name: "validation", Points: m.training.validation, Mark: widget.Dots, Color: t.Validation},
	}}
	lines := strings.Split(chart.Render(width, height-1, t), "\n")
	fraction := 0.0
	if step := m.training.step; step.Epochs > 0 {
		fraction = step.Progress / float64(step.Epochs)
	}
	text := fmt.Sprintf(" %3d%%", int(100*min(fraction, 1)))
	if width >= 45 {
		text += "  loss " + board.Loss(board.Latest(m.training.steps))
	}
	if m.training.done == nil && m.training.step.Step > 1 {
		number, unit := board.Duration(m.training.step.Left)
		text += fmt.Sprintf("  %s %s left", number, unit)
	}
	return append(lines, widget.Progress(fraction, max(width-len(text), 4), t)+board.Style(board.Plain, t).Render(text))
}

// before stands where the chart will be.
func (m *Model) before(width, height int, t theme.Theme) []string {
	quiet := board.Style(board.Quiet, t)
	if m.preparing && m.plain.Began() {
		text := fmt.Sprintf(" %3d%%  plain AE", int(100*min(m.doing.Fraction, 1)))
		bar := widget.Progress(m.doing.Fraction, max(width-len(text), 4), t) + board.Style(board.Plain, t).Render(text)
		return append(m.plain.Chart(width, height-1, t), bar)
	}
	text := "t trains another one"
	if m.pictures.Others[lab.Denoising] == nil {
		text = "t trains a denoising AE"
	}
	return []string{"", quiet.Render(text), quiet.Render("for the noise shown here")}
}

// bottom says what the lab waits for or what the last key did, and the task.
func (m *Model) bottom() board.Bottom {
	b := board.Bottom{Question: m.question, Task: m.Task(), Tone: board.Quiet}
	tr := m.training
	switch {
	case m.err != nil:
		b.Text, b.Tone = m.err.Error(), board.Warning
		if !strings.Contains(b.Text, "r starts over") {
			b.Text += "; r starts over"
		}
	case m.notice.Text != "":
		b.Text, b.Tone = m.notice.Text, m.notice.Tone
	case m.train != nil && tr.stopping:
		b.Text = "stopping: the last validation runs …"
	case tr.paused:
		b.Text, b.Tone = fmt.Sprintf("paused at step %s; space goes on", board.Thousands(tr.step.Step)), board.Bright
	case tr.done != nil && tr.settings == m.settings:
		b.Text = ending(tr.done)
	case tr.run != nil && tr.done == nil && tr.settings != m.settings:
		b.Text = "the run goes on for " + string(tr.settings.Kind) + " " + board.Fixed(tr.settings.Strength, 2) + ", its curve stands here"
	case m.preparing && m.doing.Doing != "":
		b.Text = m.doing.Doing + " …"
	default:
		b.Text = advice(m.settings)
	}
	return b
}

// ending says how a run ended.
func ending(e *engine.DoneEvent) string {
	how := "trained"
	if e.Ending == engine.Stopped {
		how = "stopped"
	}
	return fmt.Sprintf("%s: train loss %s, validation %s; move the strength and see what it still knows",
		how, board.Loss(e.TrainLoss), board.Loss(e.ValLoss))
}

// advice says what the strength means; without it the question stands there.
func advice(s lab.NoiseSettings) string {
	if s.Kind == noise.Blocks && s.Strength >= lab.MostStrength {
		return "nearly everything is hidden: what is drawn now comes from the model, not from the picture"
	}
	return ""
}
