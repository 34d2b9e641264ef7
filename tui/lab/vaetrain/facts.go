package vaetrain

import (
	"math"
	"strconv"
	"time"

	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
)

// mainFacts are the lines of facts that stand beside the charts on the smallest screen.
const mainFacts = 9

// facts are the numbers of the run, in at most height lines of at most width cells: the progress, what the loss is made
// of, β on its slider, and what the drawn digits look like beside real ones.
func (m *Model) facts(width, height int, t theme.Theme) []string {
	lines := []string{m.progress(width, t)}
	top := []board.Fact{
		m.epoch(),
		board.Curve("recon.", m.now.trainRec, board.TrendSteps, nats(1)),
		board.Curve("KL", m.now.trainKL, board.TrendSteps, nats(2)),
		m.beta(),
	}
	drawn, digits := m.now.look.Samples, m.start.Digits
	samples := []board.Fact{
		m.compared("ink", drawn.Ink, digits.Ink),
		m.compared("spread", drawn.Spread, digits.Spread),
		m.compared("grey", drawn.Grey, digits.Grey),
	}
	for _, facts := range [][]board.Fact{top, samples} {
		for i := range facts {
			facts[i].Label = board.Pad(facts[i].Label, 6)
			facts[i].Number = board.PadLeft(facts[i].Number, 6) // The widest number to come: columns must not move.
		}
	}
	lines = append(lines, board.Facts(top, width, t)...)
	lines = append(lines, m.slider(width, t))
	if height > mainFacts {
		samples = append(samples, m.more()...)
	}
	return append(lines, board.Facts(samples, width, t)...)
}

// more is what a larger screen shows too.
func (m *Model) more() []board.Fact {
	number := func(label, value, unit string) board.Fact {
		return board.Fact{Label: board.Pad(label, 6), Number: board.PadLeft(value, 6), Unit: unit}
	}
	deviation, speed := "-", "-"
	if m.looked() {
		deviation = board.Fixed(m.now.look.Deviation, 3)
	}
	if m.now.step.Step > 0 {
		speed = board.Thousands(int(math.Round(m.now.step.SamplesPerSecond)))
	}
	warm := number("warm", strconv.Itoa(m.settings.WarmUp), "epochs  w")
	if m.changed == warmUp {
		warm.Tone, warm.Bold = board.Bright, true
	}
	return []board.Fact{
		number("σ", deviation, "of a code"), warm,
		number("lr", board.Scientific(m.settings.LearningRate), ""), number("speed", speed, "img/s"),
	}
}

// nats writes a number of nats with some decimals, fewer where it is large.
func nats(decimals int) func(float64) string {
	return func(v float64) string {
		if v >= 1000 {
			return board.Thousands(int(math.Round(v)))
		}
		return board.Fixed(v, decimals)
	}
}

// looked reports whether the model was looked at yet.
func (m *Model) looked() bool { return len(m.now.look.Labels) > 0 }

// compared is a figure of the drawn digits with that of real ones.
func (m *Model) compared(label string, drawn, digits float64) board.Fact {
	if !m.looked() {
		return board.Fact{Label: label, Number: "-"}
	}
	return board.Fact{Label: label, Number: board.Fixed(drawn, 3), Unit: "digits " + board.Fixed(digits, 3), Tone: board.Bright}
}

// epoch says how far the run is and how long it will take, or how long it took.
func (m *Model) epoch() board.Fact {
	step := m.now.step
	f := board.Fact{Label: "epoch", Number: board.Thousands(step.Epoch), Unit: "/ " + board.Thousands(m.now.settings.Epochs)}
	switch done := m.now.done; {
	case done != nil:
		f.Unit += "  took " + span(time.Duration(done.Seconds*float64(time.Second)))
	case step.Step > 1:
		f.Unit += "  left " + span(step.Left)
	}
	return f
}

// span writes a time in few cells: "53 s", "1:21".
func span(d time.Duration) string {
	number, unit := board.Duration(d)
	if unit == "min" {
		return number
	}
	return number + " " + unit
}

// beta is the weight of KL, and where a warm-up has not brought it there yet, what counts now.
func (m *Model) beta() board.Fact {
	f := board.Fact{Label: "β", Number: betaText(m.settings.Beta), Unit: "← →"}
	if step := m.now.step; step.Step > 0 && !m.now.ended() && step.Beta < 0.999*m.settings.Beta && m.now.settings.WarmUp > 0 {
		f.Unit = "now " + strconv.FormatFloat(step.Beta, 'f', 2, 64)
	}
	if m.changed == raise {
		f.Tone, f.Bold = board.Bright, true
	}
	return f
}

// slider shows β among the stops that the keys lead to.
func (m *Model) slider(width int, t theme.Theme) string {
	stops := betas()
	low, high := betaText(stops[0]), betaText(stops[len(stops)-1])
	room := width - len(low) - len(high) - 2
	if room < len(stops) {
		return ""
	}
	at := 0.0
	for i, stop := range stops {
		if m.settings.Beta >= stop {
			at = float64(i)
			if next := i + 1; next < len(stops) && m.settings.Beta > stop {
				at += (m.settings.Beta - stop) / (stops[next] - stop)
			}
		}
	}
	track := make([]rune, room)
	for i := range track {
		track[i] = '─'
	}
	for i := range stops {
		track[i*(room-1)/(len(stops)-1)] = '┴'
	}
	knob := int(min(at/float64(len(stops)-1), 1) * float64(room-1))
	muted := t.Style(t.Faint)
	return t.Style(t.Muted).Render(low) + " " + muted.Render(string(track[:knob])) + board.Style(board.Bright, t).Render("●") +
		muted.Render(string(track[knob+1:])) + " " + t.Style(t.Muted).Render(high)
}

// progress is the bar of the whole run.
func (m *Model) progress(width int, t theme.Theme) string {
	fraction := 0.0
	if step := m.now.step; step.Epochs > 0 {
		fraction = step.Progress / float64(step.Epochs)
	}
	return board.Bar(fraction, width, t)
}
