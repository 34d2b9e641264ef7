package lab

import (
	"context"
	"sync"
	"time"

	"github.com/aetutor/aetutor/engine"
)

// flights has one session train a model while the others that want the same one wait for it.
type flights struct {
	mu   sync.Mutex
	open map[string]*flight // by the model's file
}

// flight is the training of one model.
type flight struct {
	landed chan struct{}

	mu       sync.Mutex
	fraction float64
}

// board joins the training of a model's file; first is whether the caller has to train it and to call land.
func (f *flights) board(path string) (own *flight, first bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if own, open := f.open[path]; open {
		return own, false
	}
	if f.open == nil {
		f.open = map[string]*flight{}
	}
	own = &flight{landed: make(chan struct{})}
	f.open[path] = own
	return own, true
}

func (f *flights) land(path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.open[path].landed)
	delete(f.open, path)
}

// watched notes how far the training is before it tells its events on.
func (f *flight) watched(emit func(Event)) func(Event) {
	return func(e Event) {
		if p, ok := e.(Progress); ok {
			f.mu.Lock()
			f.fraction = p.Fraction
			f.mu.Unlock()
		}
		emit(e)
	}
}

// tellWaiting is how often one who waits is told how far the training is.
const tellWaiting = 500 * time.Millisecond

// wait waits until the training ended, well or not.
func (f *flight) wait(ctx context.Context, title string, emit func(Event)) error {
	tick := time.NewTicker(tellWaiting)
	defer tick.Stop()
	for {
		f.mu.Lock()
		fraction := f.fraction
		f.mu.Unlock()
		emit(Progress{"waiting: somebody else trains " + title, fraction})
		select {
		case <-f.landed:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// Get is the model of a recipe: one that was kept, or a new one, whose training can be watched: it tells a ModelStart,
// Progress and the engine's StepEvents, ValidationEvents, PreviewEvents and EpochEvents. Of several that ask for the
// same model at once one trains it, and the others wait for it and tell Progress. Without a directory every model is
// new. A model that cannot be kept is no failure: it will be trained again.
func (m *Models) Get(ctx context.Context, b *engine.Backend, r Recipe, emit func(Event)) (*engine.Model, error) {
	if m == nil {
		return r.train(ctx, b, emit)
	}
	path := m.path(r)
	for {
		if model, ok := m.find(b, r); ok {
			return model, nil
		}
		own, first := m.flights.board(path)
		if first {
			defer m.flights.land(path)
			model, err := r.train(ctx, b, own.watched(emit))
			if err == nil {
				m.keep(r, model)
			}
			return model, err
		}
		if err := own.wait(ctx, r.Title, emit); err != nil {
			return nil, err
		}
	}
}
