package engine

import (
	"context"
	"errors"
	"sync"
)

// control carries what a person asks of a run from any goroutine to the one that trains.
type control struct {
	mu           sync.Mutex
	wake         chan struct{} // holds a token when something changed while the run was paused
	paused       bool
	steps        int // single steps still to take while paused
	stopped      bool
	learningRate float64
	batchSize    int
	beta         float64
}

func newControl(c Config) *control {
	return &control{wake: make(chan struct{}, 1), learningRate: c.LearningRate, batchSize: c.BatchSize, beta: c.Beta}
}

// change applies f and wakes a paused run.
func (c *control) change(f func()) {
	c.mu.Lock()
	f()
	c.mu.Unlock()
	select {
	case c.wake <- struct{}{}:
	default: // A token is already there; one is enough.
	}
}

// order is what the next step has to obey.
type order struct {
	learningRate float64
	batchSize    int
	beta         float64
	stop         bool
	waited       bool // the run was paused before this step
}

// next returns the order for the next step. It waits while the run is paused, until ctx ends. Meanwhile trains(-1)
// holds, which trains(1) takes back.
func (c *control) next(ctx context.Context, trains func(change int)) (order, error) {
	var waited bool
	for {
		if err := ctx.Err(); err != nil {
			return order{}, err
		}
		c.mu.Lock()
		o := order{learningRate: c.learningRate, batchSize: c.batchSize, beta: c.beta, stop: c.stopped, waited: waited}
		ready := c.stopped || !c.paused
		if !ready && c.steps > 0 {
			c.steps--
			ready = true
		}
		c.mu.Unlock()
		if ready {
			return o, nil
		}
		if !waited {
			waited = true
			trains(-1)
			defer trains(1)
		}
		select {
		case <-c.wake:
		case <-ctx.Done():
		}
	}
}

// Pause holds the run before its next step.
func (r *Run) Pause() { r.control.change(func() { r.control.paused = true }) }

// Resume lets a paused run go on.
func (r *Run) Resume() { r.control.change(func() { r.control.paused, r.control.steps = false, 0 }) }

// Step lets a paused run take one step more. A run that is not paused is paused after the step.
func (r *Run) Step() { r.control.change(func() { r.control.paused = true; r.control.steps++ }) }

// Stop ends the run before its next step; it still validates and says DoneEvent.
func (r *Run) Stop() { r.control.change(func() { r.control.stopped = true }) }

// SetLearningRate changes the size of the steps from the next one on.
func (r *Run) SetLearningRate(rate float64) error {
	if err := checkLearningRate(rate); err != nil {
		return err
	}
	r.control.change(func() { r.control.learningRate = rate })
	return nil
}

// SetBatchSize changes the number of examples for a step from the next one on. It fails with a MemoryError, and changes
// nothing, where that would take more memory than the run's share.
func (r *Run) SetBatchSize(size int) error {
	if err := checkBatchSize(size, r.train.Len()); err != nil {
		return err
	}
	if err := r.model.backend.fitsTraining(r.config, size); err != nil {
		return err
	}
	r.control.change(func() { r.control.batchSize = size })
	return nil
}

// SetBeta changes the weight of KL from the next step on. Within a warm-up the steps take their part of it.
func (r *Run) SetBeta(beta float64) error {
	if !r.config.Architecture.Variational {
		return errors.New("beta is of a variational autoencoder, and this one is plain")
	}
	if err := checkBeta(beta); err != nil {
		return err
	}
	r.control.change(func() { r.control.beta = beta })
	return nil
}
