package engine

import "context"

// turnstile lets the runs of a backend take turns: as many at once as there is work for, the others in the order in
// which they came. A turn is one step or one block of examples, so eight runs advance at the same pace, and none waits
// longer than one turn of each of the others.
//
// It relies on a channel handing its free place to whoever has waited longest, never to a newcomer.
type turnstile chan struct{}

// coresPerTurn is how many cores one step keeps busy.
const coresPerTurn = 2

func newTurnstile(cores int) turnstile { return make(turnstile, max(1, cores/coresPerTurn)) }

// begin waits for a turn. It fails when ctx ends first.
func (t turnstile) begin(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t turnstile) end() { <-t }
