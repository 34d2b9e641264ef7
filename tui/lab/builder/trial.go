package builder

import (
	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/widget"
)

// trial is what a short training has told so far.
type trial struct {
	stack      string // "784–64–16–64–784"
	working    bool
	loss       []widget.Point // x in epochs
	validation []widget.Point
	preview    engine.PreviewEvent
	progress   float64 // 0 to 1
	done       *lab.TrialDone
}

func (r *trial) add(event lab.Event) {
	switch e := event.(type) {
	case engine.StepEvent:
		r.loss = widget.Extend(r.loss, widget.Point{X: e.Progress, Y: e.Loss})
		r.progress = e.Progress / float64(max(e.Epochs, 1))
	case engine.ValidationEvent:
		r.validation = widget.Extend(r.validation, widget.Point{X: e.Progress, Y: e.Loss})
	case engine.PreviewEvent:
		r.preview = e
	case lab.TrialDone:
		r.done, r.working, r.progress = &e, false, 1
	}
}
