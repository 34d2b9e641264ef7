package train

import (
	"math"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/widget"
)

// history is what a run has told so far.
type history struct {
	train, validation []widget.Point   // x in epochs
	step              engine.StepEvent // the last one
	preview           engine.PreviewEvent
	best              float64 // the lowest validation error on all held-out examples; +Inf before the first epoch's end
	done              *engine.DoneEvent
	err               error
}

func newHistory() *history { return &history{best: math.Inf(1)} }

func (h *history) add(event lab.Event) {
	switch e := event.(type) {
	case engine.StepEvent:
		h.step = e
		h.train = append(h.train, widget.Point{X: e.Progress, Y: e.Loss})
	case engine.ValidationEvent:
		h.validation = append(h.validation, widget.Point{X: e.Progress, Y: e.Loss})
	case engine.PreviewEvent:
		h.preview = e
	case engine.EpochEvent:
		h.best = min(h.best, e.ValLoss)
	case engine.DoneEvent:
		h.done = &e
		if len(h.train) > 0 {
			h.best = min(h.best, e.ValLoss)
		}
	case engine.ErrorEvent:
		h.err = e.Err
	}
}

// ended reports whether the run has told its last event.
func (h *history) ended() bool { return h.done != nil || h.err != nil }

// latest is the last value of a curve, NaN before the first.
func latest(curve []widget.Point) float64 {
	if len(curve) == 0 {
		return math.NaN()
	}
	return curve[len(curve)-1].Y
}

// trendSteps is how many values on either side the trend compares: single batches go up and down by chance.
const trendSteps = 20

// trend compares the mean of the last values of a curve, at most most, with that of as many before them: -1 falls,
// 1 rises, 0 neither.
func trend(curve []widget.Point, most int) int {
	n := min(most, len(curve)/2)
	if n == 0 {
		return 0
	}
	var before, now float64
	for i := range n {
		now += curve[len(curve)-1-i].Y
		before += curve[len(curve)-1-n-i].Y
	}
	switch change := (now - before) / before; {
	case change < -0.001:
		return -1
	case change > 0.001:
		return 1
	}
	return 0
}
