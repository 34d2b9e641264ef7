package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aetutor/aetutor/data"
)

// Run is one training run. Start does the work; the other methods may be called from any goroutine meanwhile.
type Run struct {
	config  Config
	model   *Model
	train   *data.Dataset
	heldOut *data.Dataset
	control *control
}

// NewRun makes a run. heldOut may be nil: then the configuration's validation part of train is held out. It fails with
// a MemoryError where the run would take more memory than the share that b belongs to.
func NewRun(b *Backend, c Config, train, heldOut *data.Dataset) (*Run, error) {
	train, heldOut, err := c.split(train, heldOut)
	if err != nil {
		return nil, err
	}
	if err := b.fitsTraining(c, c.BatchSize); err != nil {
		return nil, err
	}
	m, err := NewModel(b, c.Architecture, c.Seed)
	if err != nil {
		return nil, err
	}
	return &Run{config: c, model: m, train: train, heldOut: heldOut, control: newControl(c)}, nil
}

// Model is the model that the run trains. Used while Start works, it answers with the weights of that moment.
func (r *Run) Model() *Model { return r.model }

// DivergedError is the end of a run whose loss is no number any more.
type DivergedError struct {
	Step         int
	Loss         float64
	LearningRate float64
}

func (e *DivergedError) Error() string {
	return fmt.Sprintf("the loss became %v at step %d: the steps are too large; start over with a learning rate well "+
		"below %g",
		e.Loss, e.Step, e.LearningRate)
}

// Start trains and calls emit for each event, from the calling goroutine, until the run ends. Its last event is a
// DoneEvent, or an ErrorEvent when something failed or ctx ended; then it returns, within one step of ctx's end.
// A Run starts once.
func (r *Run) Start(ctx context.Context, emit func(Event)) {
	if err := r.start(ctx, emit); err != nil {
		emit(ErrorEvent{err})
	}
}

func (r *Run) start(ctx context.Context, emit func(Event)) (err error) {
	t, err := newTrainer(r.model, r.config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	r.model.backend.trains(1)
	defer r.model.backend.trains(-1)
	p := &progress{run: r, trainer: t, emit: emit, last: time.Now()}
	if err := p.begin(ctx); err != nil {
		return err
	}
	for epoch := 1; epoch <= r.config.Epochs; epoch++ {
		ending, err := r.epoch(ctx, t, p, epoch)
		if err != nil {
			return err
		}
		if ending != "" {
			return p.done(ctx, ending)
		}
	}
	return p.done(ctx, Finished)
}

// epoch shows the model every training example once. It returns how the run ends with it, or "" to go on.
func (r *Run) epoch(ctx context.Context, t *trainer, p *progress, epoch int) (Ending, error) {
	order := permutation(r.config.Seed, uint64(epoch), r.train.Len())
	p.beginEpoch(epoch)
	for at := 0; at < len(order); {
		next, err := r.control.next(ctx, r.model.backend.trains)
		if err != nil {
			return "", err
		}
		if next.waited {
			p.resume()
		}
		if next.stop {
			return Stopped, nil
		}
		p.beta = next.beta
		next.beta *= r.warmth(p.progress())
		end := min(at+next.batchSize, len(order))
		batch := order[at:end]
		l, err := t.train(ctx, r.train, pass{
			examples: batch, next: order[end:min(end+next.batchSize, len(order))], epoch: epoch,
			learningRate: next.learningRate, beta: next.beta,
		})
		if err != nil {
			return "", err
		}
		at += len(batch)
		if !isFinite(l.loss) {
			return "", &DivergedError{p.step + 1, l.loss, next.learningRate}
		}
		if err := p.stepped(ctx, l, len(batch), next); err != nil {
			return "", err
		}
	}
	return p.endEpoch(ctx)
}

// warmth is the part of beta that counts after some epochs.
func (r *Run) warmth(epochs float64) float64 {
	if r.config.WarmUp == 0 {
		return 1
	}
	return min(1, epochs/float64(r.config.WarmUp))
}
