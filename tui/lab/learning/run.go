// Package learning draws a training run that can be watched: its loss as it falls, and held-out examples with what the
// model makes of them by now. Labs show it while they train a model that their own work needs.
package learning

import (
	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/widget"
)

// Run is what was told of a run so far. The zero Run has been told nothing.
type Run struct {
	began    bool
	start    lab.ModelStart
	progress lab.Progress

	train, validation []widget.Point // x in epochs
	step              engine.StepEvent
	preview           engine.PreviewEvent
}

// Add takes an event of lab.Models.Get; others change nothing. With a lab.ModelStart another run begins.
func (r *Run) Add(event lab.Event) {
	switch e := event.(type) {
	case lab.ModelStart:
		*r = Run{began: true, start: e, progress: r.progress}
	case lab.Progress:
		r.progress = e
	case engine.StepEvent:
		r.step = e
		r.train = widget.Extend(r.train, widget.Point{X: e.Progress, Y: e.Loss})
	case engine.ValidationEvent:
		r.validation = widget.Extend(r.validation, widget.Point{X: e.Progress, Y: e.Loss})
	case engine.PreviewEvent:
		r.preview = e
	}
}

// Began reports whether a run has begun.
func (r *Run) Began() bool { return r.began }
