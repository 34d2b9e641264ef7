package learning

import (
	"strings"

	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// factsWidth is what the numbers beside the chart take.
const factsWidth = 24

// Sizes of the whole view.
const (
	leastChart  = 4
	leastRows   = 3  // the height at which a digit can be told
	mostRows    = 14 // at which all pixels of a digit are drawn
	mostColumns = 100
)

// settle is the part of the chart in which the loss of an untrained model falls, out of the range of all that follows.
const settle = 0.04

// View is what is being done over Body. Before a run has begun it is that line alone.
func (r *Run) View(width, height int, t theme.Theme) []string {
	lines := []string{board.Working(r.progress, width, t)}
	if !r.began {
		return board.Fit(lines, width, min(height, 1))
	}
	return board.Fit(append(lines, r.Body(width, height-1, t)...), width, height)
}

// Body is the chart with the numbers of the run over held-out examples, in exactly height lines of at most width cells.
func (r *Run) Body(width, height int, t theme.Theme) []string {
	rows := rowsOf(height)
	if rows == 0 {
		return board.Fit(r.top(width, height, t), width, height)
	}
	return board.Fit(append(r.top(width, height-2*rows-1, t), r.Strip(width, rows, t)...), width, height)
}

// Strip is held-out examples with what the model makes of them, see the function Strip.
func (r *Run) Strip(width, rows int, t theme.Theme) []string {
	return Strip(r.preview, "held-out examples appear here as the model learns", width, rows, t)
}

// rowsOf is the height of one example: those and what the model makes of them get about half of height.
func rowsOf(height int) int {
	rows := min((height*6/10-1)/2, mostRows)
	if rows < leastRows || height-2*rows-1 < leastChart {
		return 0
	}
	return rows
}

// top is the chart and, where there is room, the numbers right of it.
func (r *Run) top(width, height int, t theme.Theme) []string {
	chart := min(width-factsWidth-2, mostColumns)
	if chart < 24 {
		return r.Chart(width, height, t)
	}
	facts := r.facts(t)
	return board.Beside(r.Chart(chart, height, t), chart, 2, facts[:min(len(facts), max(height, 0))])
}

// Chart is the loss of each step and the error on held-out examples, in exactly height lines.
func (r *Run) Chart(width, height int, t theme.Theme) []string {
	if height <= 0 {
		return nil
	}
	c := widget.Chart{XMax: float64(r.start.Epochs), XUnit: "epoch", Settle: settle, Empty: "no step yet", Series: []widget.Series{
		{Name: "train", Points: r.train, Mark: widget.Line, Color: t.Train},
		{Name: "validation", Points: r.validation, Mark: widget.Dots, Color: t.Validation},
	}}
	return strings.Split(c.Render(width, height, t), "\n")
}

// facts are the numbers of the run.
func (r *Run) facts(t theme.Theme) []string {
	left := board.Fact{Label: "left", Number: "-", Unit: "s"}
	if r.step.Step > 0 {
		left.Number, left.Unit = board.Duration(r.step.Left)
	}
	facts := []board.Fact{
		{Label: "epoch", Number: board.Thousands(r.step.Epoch), Unit: "/ " + board.Thousands(r.start.Epochs)},
		{Label: "step", Number: board.Thousands(r.step.Step)},
		board.Curve("loss", r.train, board.TrendSteps, board.Loss), board.Curve("valid", r.validation, 1, board.Loss), left,
	}
	for i := range facts {
		facts[i].Number = board.PadLeft(facts[i].Number, 6) // Columns must not move when the numbers grow.
	}
	return board.Facts(facts, factsWidth, t)
}
