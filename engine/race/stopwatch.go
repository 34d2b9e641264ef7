package race

import (
	"context"
	"time"

	"github.com/aetutor/aetutor/engine/turn"
)

// Stopwatch times work that is done in pieces, each while nobody else computes. Waiting for that does not count.
type Stopwatch struct {
	alone turn.Core // Options.Alone
	took  time.Duration
}

// Do does one piece of the work. It fails as the work does, or with ctx's error when ctx ends before the piece begins.
func (w *Stopwatch) Do(ctx context.Context, work func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if w.alone != nil {
		end, err := w.alone(ctx)
		if err != nil {
			return err
		}
		defer end()
	}
	start := time.Now()
	defer func() { w.took += time.Since(start) }()
	return work()
}
