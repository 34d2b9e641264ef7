package train

import (
	"math"
	"time"

	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
)

// facts are the numbers of the run and its progress bar, in lines of at most width cells. The losses are what changes:
// they are the brightest.
func (m *Model) facts(width int, t theme.Theme) []string {
	facts := m.counters()
	facts = append(facts,
		board.Curve("loss", m.now.train, board.TrendSteps, board.Loss), board.Curve("valid", m.now.validation, 1, board.Loss))
	facts = append(facts, m.pace()...)
	facts = append(facts,
		m.setting(faster, "lr", board.Scientific(m.settings.LearningRate), " + −"),
		m.setting(larger, "batch", board.Thousands(m.settings.BatchSize), " [ ]"))
	for i := range facts {
		facts[i].Number = board.PadLeft(facts[i].Number, 9) // The widest number to come: columns must not move.
	}
	return append(board.Facts(facts, width, t), m.progress(width, t))
}

// setting is a setting with the keys that change it; the one that a key changed last stands out.
func (m *Model) setting(by keymap.Action, label, number, keys string) board.Fact {
	f := board.Fact{Label: label, Number: number, Unit: keys}
	if m.changed == by {
		f.Tone, f.Bold = board.Bright, true
	}
	return f
}

// counters say how far the run is.
func (m *Model) counters() []board.Fact {
	step := m.now.step
	epochs := m.settings.Epochs
	if step.Epochs > 0 {
		epochs = step.Epochs
	}
	total := ""
	if m.prepared.Examples > 0 {
		left := (float64(epochs) - step.Progress) * float64(m.prepared.Examples) / float64(m.settings.BatchSize)
		total = "/ " + board.Thousands(step.Step+int(math.Ceil(left-1e-6)))
	}
	return []board.Fact{
		{Label: "epoch", Number: board.Thousands(step.Epoch), Unit: "/ " + board.Thousands(epochs)},
		{Label: "step", Number: board.Thousands(step.Step), Unit: total},
	}
}

// pace says how fast the run goes and how long it will, or how long it took.
func (m *Model) pace() []board.Fact {
	speed, left := board.Fact{Label: "speed", Number: "-", Unit: "img/s"}, board.Fact{Label: "left", Number: "-", Unit: "s"}
	if m.settings.Own() {
		speed.Unit = "rows/s"
	}
	step := m.now.step
	if step.Step > 0 {
		speed.Number = board.Thousands(int(math.Round(step.SamplesPerSecond)))
		left.Number, left.Unit = board.Duration(step.Left)
	}
	if done := m.now.done; done != nil {
		speed.Number = board.Thousands(int(math.Round(done.SamplesPerSecond)))
		left.Label = "took"
		left.Number, left.Unit = board.Duration(time.Duration(done.Seconds * float64(time.Second)))
	}
	return []board.Fact{speed, left}
}

// progress is the bar of the whole run.
func (m *Model) progress(width int, t theme.Theme) string {
	fraction := 0.0
	if step := m.now.step; step.Epochs > 0 {
		fraction = step.Progress / float64(step.Epochs)
	}
	return board.Bar(fraction, width, t)
}
