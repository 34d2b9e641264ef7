package engine

import (
	"context"
	"slices"
	"sync"
)

// turnstile lets whatever computes on a backend take turns: as many at once as there are cores for. A turn is one step
// or one block of examples. The next one goes to the owner who has been served least recently, so that owners advance
// at the same pace however many runs each of them has; whoever comes with a single piece of work, and was not served
// for a while, waits for one turn of others. Of one owner's work, what has waited longest goes first.
//
// Nobody overtakes the owner whose turn it is, also where that one needs more cores than are free.
type turnstile struct {
	cores int

	mu       sync.Mutex
	free     int
	owners   []*owner // the least recently served first; before them nobody but those who were never served
	training int      // runs that take steps
}

// owner is a learner, or nobody in particular: all who have no share.
type owner struct {
	name    string
	served  bool
	waiting []*waiter
}

// waiter waits for its turn.
type waiter struct {
	cores int
	turn  chan struct{} // closed when its turn comes
}

// coresPerTurn is how many cores one step keeps busy.
const coresPerTurn = 2

// mostOwners is how many owners are remembered who do not wait. One who was forgotten counts as never served.
const mostOwners = 256

func newTurnstile(cores int) *turnstile {
	cores = max(cores, coresPerTurn)
	return &turnstile{cores: cores, free: cores}
}

// begin waits for a turn of a step. It fails when ctx ends first; otherwise end must follow.
func (t *turnstile) begin(ctx context.Context, s *Share) error { return t.take(ctx, s, coresPerTurn) }

func (t *turnstile) end() { t.give(coresPerTurn) }

// take waits for a turn on some cores, which give gives back. It fails when ctx ends first.
func (t *turnstile) take(ctx context.Context, s *Share, cores int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w := &waiter{cores, make(chan struct{})}
	t.mu.Lock()
	o := t.owner(s.owner())
	o.waiting = append(o.waiting, w)
	t.grant()
	t.mu.Unlock()
	select {
	case <-w.turn:
		return nil
	case <-ctx.Done():
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if i := slices.Index(o.waiting, w); i >= 0 {
		o.waiting = slices.Delete(o.waiting, i, i+1)
	} else {
		t.free += cores // Its turn came at the same moment.
	}
	t.grant() // It may have needed more cores than the next one does.
	return ctx.Err()
}

func (t *turnstile) give(cores int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.free += cores
	t.grant()
}

// owner finds an owner by name. A new one stands behind the others who were never served.
func (t *turnstile) owner(name string) *owner {
	behind := len(t.owners)
	for i, o := range t.owners {
		if o.name == name {
			return o
		}
		if o.served {
			behind = min(behind, i)
		}
	}
	o := &owner{name: name}
	t.owners = slices.Insert(t.owners, behind, o)
	return o
}

// grant gives turns to those whose turn it is, as far as the cores reach.
func (t *turnstile) grant() {
	for {
		at := slices.IndexFunc(t.owners, func(o *owner) bool { return len(o.waiting) > 0 })
		if at < 0 || t.owners[at].waiting[0].cores > t.free {
			return
		}
		o := t.owners[at]
		o.served = true
		t.owners = append(slices.Delete(t.owners, at, at+1), o)
		// Work that spreads over the cores itself asks for each of them: together they are one turn. Who needs the machine
		// alone asks for all at once.
		for left := max(coresPerTurn, o.waiting[0].cores); len(o.waiting) > 0 && o.waiting[0].cores <= min(left, t.free); {
			w := o.waiting[0]
			o.waiting = slices.Delete(o.waiting, 0, 1)
			left, t.free = left-w.cores, t.free-w.cores
			close(w.turn)
		}
		t.forget()
	}
}

// forget drops owners who were not served for longest and do not wait.
func (t *turnstile) forget() {
	for i := 0; len(t.owners) > mostOwners && i < len(t.owners); {
		if len(t.owners[i].waiting) > 0 {
			i++
			continue
		}
		t.owners = slices.Delete(t.owners, i, i+1)
	}
}

// Core waits for a turn on one core, for work that spreads over the cores itself or needs no more; end ends it. It takes
// turns with the training runs of the backend; a turn should take about as long as a step, some milliseconds. It fails
// with ctx's error when ctx ends first.
func (b *Backend) Core(ctx context.Context) (end func(), err error) { return b.hold(ctx, 1) }

// Alone waits for a turn on all cores, for what measures the machine: until end nothing else takes steps on the
// backend, or on what shares its turns. Such a turn, too, should take some milliseconds. It fails with ctx's error when
// ctx ends first.
func (b *Backend) Alone(ctx context.Context) (end func(), err error) {
	return b.hold(ctx, b.turns.cores)
}

// hold waits for a turn on some cores.
func (b *Backend) hold(ctx context.Context, cores int) (end func(), err error) {
	if err := b.turns.take(ctx, b.share, cores); err != nil {
		return nil, err
	}
	return func() { b.turns.give(cores) }, nil
}
