package race

import (
	"context"
	"time"
)

// Stopwatch times work that is done in pieces, each while nobody else computes. Waiting for that does not count.
type Stopwatch struct {
	alone func(ctx context.Context) (end func(), err error) // Options.Alone
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
