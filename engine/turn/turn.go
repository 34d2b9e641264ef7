// Package turn lets work that runs outside of a backend share the cores of a machine with the training runs of others.
package turn

import (
	"context"
	"time"
)

// Core waits for a turn on one core, or on more, and keeps it until end: engine.Backend has them as methods. It fails
// with ctx's error when ctx ends first. Nil is for a machine that nobody shares.
type Core func(ctx context.Context) (end func(), err error)

// length is how long a turn lasts at least, about as long as a step of training takes: with shorter turns the work would
// get a small part of the machine beside a run, with longer ones the run.
const length = 5 * time.Millisecond

// Each does the pieces 0 to n-1 of some work in their order, as many in a turn as fill it. It ends with the first error
// of a piece, or with ctx's within one piece of its end.
func (c Core) Each(ctx context.Context, n int, piece func(i int) error) error {
	for i := 0; i < n; {
		var err error
		if i, err = c.turn(ctx, i, n, piece); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// turn does pieces from the first on and returns the number of the one after them.
func (c Core) turn(ctx context.Context, first, n int, piece func(i int) error) (next int, err error) {
	if c != nil {
		end, err := c(ctx)
		if err != nil {
			return first, err
		}
		defer end()
	}
	for i, start := first, time.Now(); i < n; i++ {
		if err := ctx.Err(); err != nil {
			return i, err
		}
		if c != nil && i > first && time.Since(start) >= length {
			return i, nil
		}
		if err := piece(i); err != nil {
			return i, err
		}
	}
	return n, nil
}
