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
		h.train = widget.Extend(h.train, widget.Point{X: e.Progress, Y: e.Loss})
	case engine.ValidationEvent:
		h.validation = widget.Extend(h.validation, widget.Point{X: e.Progress, Y: e.Loss})
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
