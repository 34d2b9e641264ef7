package lab

import (
	"fmt"

	"github.com/aetutor/aetutor/engine"
)

// Line is an event as a line for a person, or "" where it is one of thousands. Events of a lab's own bring theirs by a
// method Line.
func Line(e Event) string {
	switch e := e.(type) {
	case interface{ Line() string }:
		return e.Line()
	case engine.EpochEvent:
		return fmt.Sprintf("epoch %d: train loss %.5f, validation error %.5f, %.1f s, %.0f examples a second",
			e.Epoch, e.TrainLoss, e.ValLoss, e.Seconds, e.SamplesPerSecond)
	default:
		return ""
	}
}

// Line says what is about to be trained and on what.
func (s Start) Line() string {
	return fmt.Sprintf("%s, %d parameters, on %s\n%s: %s", s.Architecture, s.Parameters, s.Data, s.Backend, s.Reason)
}

// Line says how the run ended.
func (d TrainDone) Line() string {
	return fmt.Sprintf("%s after %s: train loss %.5f, validation error %.5f, %.1f s, %.0f examples a second, "+
		"backend %s, seed %d\n%s",
		d.Ending, Counted(d.Epochs, "epoch"), d.TrainLoss, d.ValLoss, d.Seconds, d.SamplesPerSecond, d.Backend, d.Seed, d.Task.Line())
}

// Counted is a number with what it counts, "1 epoch" and "2 epochs".
func Counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// Line says whether the task is reached.
func (t Task) Line() string {
	if t.Reached {
		return "task: " + t.Text + ": reached, " + t.Now
	}
	return "task: " + t.Text + ": not yet, " + t.Now
}
