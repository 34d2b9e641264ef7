package labtest

import (
	"math"
	"strconv"
	"time"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
)

// Training is what lab.Models.Get tells of a model of pictures or, with another width than a square, of curves, up to a
// step of five epochs of 469 steps.
func Training(title string, width, step int) []lab.Event {
	events := []lab.Event{
		lab.ModelStart{Model: title, Architecture: "784–16–784", Parameters: 25872, Epochs: 5},
		engine.ValidationEvent{Loss: 0.232, Examples: 1000},
	}
	for i := 1; i <= step; i++ {
		progress := float64(i) / 469
		loss := 0.017 + 0.2*math.Exp(-float64(i)/40) + 0.02*math.Exp(-float64(i)/500)
		events = append(events, engine.StepEvent{
			Step: i, Epoch: int(progress) + 1, Epochs: 5, Progress: progress, Loss: loss,
			Left: time.Duration((5 - progress) * 2.4 * float64(time.Second)),
		})
		if i%60 == 0 {
			events = append(events, engine.ValidationEvent{Step: i, Progress: progress, Loss: loss + 0.0005, Examples: 1000})
		}
	}
	preview := engine.PreviewEvent{Step: step}
	for i := range 10 {
		preview.Inputs = append(preview.Inputs, example(i, width, 1.6))
		preview.Reconstructions = append(preview.Reconstructions, example(i, width, 3))
		preview.Labels = append(preview.Labels, strconv.Itoa(i))
	}
	return append(events, preview, lab.Progress{Doing: "training " + title, Fraction: float64(step) / 469 / 5})
}

// example is a ring, or a hill where the width is that of no square.
func example(i, width int, blur float64) []float32 {
	values := make([]float32, width)
	side := int(math.Sqrt(float64(width)))
	middle := float64(side-1) / 2
	for at := range values {
		u := (math.Hypot(float64(at%side)*1.3-1.3*middle, float64(at/side)-middle) - 4 - float64(i)/3) / blur
		if side*side != width {
			u = (float64(at) - float64(width)*float64(i+1)/12) / (4 * blur)
		}
		values[at] = float32(math.Exp(-u * u))
	}
	return values
}
