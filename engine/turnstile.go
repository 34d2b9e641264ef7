package engine

import (
	"context"

	"golang.org/x/sync/semaphore"
)

// turnstile lets whatever computes on a backend take turns: as many at once as there is work for, the others in the order
// in which they came. A turn is one step or one block of examples, so eight runs advance at the same pace, and none waits
// longer than one turn of each of the others.
//
// It relies on a semaphore serving whoever has waited longest, never a newcomer, also where that one needs more cores.
type turnstile struct{ cores *semaphore.Weighted }

// coresPerTurn is how many cores one step keeps busy.
const coresPerTurn = 2

func newTurnstile(cores int) turnstile {
	return turnstile{semaphore.NewWeighted(int64(max(cores, coresPerTurn)))}
}

// begin waits for a turn. It fails when ctx ends first.
func (t turnstile) begin(ctx context.Context) error { return t.cores.Acquire(ctx, coresPerTurn) }

func (t turnstile) end() { t.cores.Release(coresPerTurn) }

// TakeCore waits for a turn on one core, for work that spreads over the cores itself. It takes turns with the training
// runs of the backend; a turn should take about as long as a step, some milliseconds. It fails with ctx's error when ctx
// ends first, otherwise GiveCore must follow.
func (b *Backend) TakeCore(ctx context.Context) error { return b.turns.cores.Acquire(ctx, 1) }

// GiveCore ends the turn that TakeCore began.
func (b *Backend) GiveCore() { b.turns.cores.Release(1) }
