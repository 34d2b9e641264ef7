package train

import (
	"fmt"
	"math"
	"strings"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/learning"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// factsWidth is what the numbers beside the chart take, with the blanks left of them.
const factsWidth = 28

// leastChart is the height at which all facts stand beside the chart.
const leastChart = 9

// pictureRows is the height of a picture whose pixels are all drawn: 28, two to a cell.
const pictureRows = 14

// View implements lab.Screen.
func (m *Model) View(width, height int, t theme.Theme) string {
	if height <= 0 {
		return ""
	}
	bottom := m.bottom(width, t)
	if len(bottom) > height-leastChart {
		bottom = bottom[:max(0, height-leastChart)]
	}
	rest := height - len(bottom)
	rows := stripRows(rest)
	var lines []string
	if rows > 0 {
		lines = m.top(width, rest-2*rows-1, t)
		waiting := "held-out digits and their reconstructions appear here as the model learns"
		if m.now.err != nil {
			waiting = ""
		}
		if m.settings.Own() {
			lines = append(lines, m.table(width, 2*rows+1, t)...)
		} else {
			lines = append(lines, learning.Strip(m.now.preview, waiting, width, rows, t)...)
		}
	} else {
		lines = m.top(width, rest, t)
	}
	return board.Stack(width, height, lines, bottom)
}

// stripRows shares height between the chart and the pictures: the chart first gets what the facts beside it need, the
// pictures what makes a digit legible, and of the rest each about half. It returns the height of one picture.
func stripRows(height int) int {
	const legible = 10
	free := height - leastChart - 1
	if free > legible {
		free = legible + (free-legible)*6/10
	}
	if rows := min(free/2, pictureRows); rows >= 3 {
		return rows
	}
	return 0
}

// top draws the chart with the facts right of it, in exactly height lines.
func (m *Model) top(width, height int, t theme.Theme) []string {
	chartWidth := width - factsWidth
	if chartWidth < 20 {
		chartWidth = width
	}
	lines := strings.Split(m.chart(t).Render(chartWidth, height, t), "\n")
	if chartWidth == width {
		return lines
	}
	facts := m.facts(factsWidth-3, t)
	return board.Beside(lines, chartWidth, 2, facts[:min(len(lines), len(facts))])
}

// settle is the part of the chart in which the loss of an untrained model falls, out of the range of all that follows.
const settle = 0.04

// chart lays the present run over the one before.
func (m *Model) chart(t theme.Theme) widget.Chart {
	c := widget.Chart{XMax: float64(m.settings.Epochs), XUnit: "epoch", Settle: settle, Empty: "no step yet"}
	if m.last != nil && m.overlay {
		c.Series = append(c.Series, widget.Series{
			Name: m.lastName(), Points: m.last.train, Mark: widget.Dotted, Color: t.LastRun,
		})
	}
	c.Series = append(c.Series,
		widget.Series{Name: "train", Points: m.now.train, Mark: widget.Line, Color: t.Train},
		widget.Series{Name: "validation", Points: m.now.validation, Mark: widget.Dots, Color: t.Validation})
	return c
}

// lastName names the earlier run by what it had different.
func (m *Model) lastName() string {
	before := m.last.step
	var differs []string
	if before.LearningRate != m.settings.LearningRate {
		differs = append(differs, "lr "+board.Scientific(before.LearningRate))
	}
	if before.BatchSize != m.settings.BatchSize {
		differs = append(differs, "batch "+board.Thousands(before.BatchSize))
	}
	if len(differs) == 0 {
		return "last run"
	}
	return "last run (" + strings.Join(differs, ", ") + ")"
}

// ownQuestion is what the lab asks while it learns a table of the learner's own.
const ownQuestion = "Which columns come back for each row, and which only near their mean, 0?"

// bottom says what the lab waits for or what the last key did, and the task.
func (m *Model) bottom(width int, t theme.Theme) []string {
	b := board.Bottom{Text: m.phase(), Tone: board.Quiet, Question: m.question}
	if m.settings.Own() {
		b.Question = ownQuestion // A table has neither ink nor strokes.
	}
	switch {
	case m.now.err != nil:
		b.Tone = board.Warning
		if m.notice.Text != "" {
			// The reason why the run failed stays: the notice is about what to do next.
			b.Text += "\n" + m.notice.Text
		}
	case m.notice.Text != "":
		b.Text, b.Tone = m.notice.Text, m.notice.Tone
	case m.state.Paused:
		b.Tone = board.Bright
	}
	b.Task = m.Task()
	return b.Lines(width, t)
}

// Task implements lab.Screen.
func (m *Model) Task() lab.Task {
	task := lab.TrainTask(m.settings, m.now.best)
	if !m.settings.Own() {
		task.Now = m.taskNow()
	}
	task.Reached = m.reached
	return task
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
		text := ending(h.done)
		if m.canTry() {
			text += "\nnot reached yet: change the rate with + - or the batch with [ ], then press r"
		}
		return text
	case m.state.Stopping:
		return "stopping: the last validation runs …"
	case m.state.Preparing():
		return "opening the backend and " + m.dataName() + " …"
	case m.state.Paused:
		return fmt.Sprintf("paused at step %s; space goes on, s takes one step", board.Thousands(h.step.Step))
	case len(h.train) == 0:
		return "compiling the model for its first step …"
	}
	return ""
}

// canTry reports whether other settings of the keys may still reach the task.
func (m *Model) canTry() bool {
	return !m.reached && !m.settings.Own() && m.settings.Latent <= lab.TrainTaskLatent
}

// ending says how a run ended and what it reached.
func ending(e *engine.DoneEvent) string {
	how := map[engine.Ending]string{
		engine.Finished:     "finished",
		engine.StoppedEarly: "ended early, as the validation error no longer falls",
		engine.Stopped:      "stopped",
	}[e.Ending]
	return fmt.Sprintf("%s: %s done, train %s, validation %s; r starts over",
		how, board.Counted(e.Epochs, "epoch"), board.Loss(e.TrainLoss), board.Loss(e.ValLoss))
}

// taskNow says where the run is.
func (m *Model) taskNow() string {
	if m.settings.Latent > lab.TrainTaskLatent {
		return fmt.Sprintf("%d units now", m.settings.Latent)
	}
	if value := board.Latest(m.now.validation); !math.IsNaN(value) {
		return board.Loss(value) + " now"
	}
	return ""
}
