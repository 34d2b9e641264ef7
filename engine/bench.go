package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aetutor/aetutor/data"
)

// EpochTimes compares one epoch of training with its matrix products alone.
type EpochTimes struct {
	Train    time.Duration // the training steps, with the filling of the batches, without validation
	Products time.Duration // the matrix products of as many steps, see Products
	Steps    int           // the full batches of the epoch
}

// Ratio is how many times as long as its matrix products the training takes.
func (e EpochTimes) Ratio() float64 { return float64(e.Train) / float64(e.Products) }

// MeasureEpoch trains one epoch of c on d and computes the matrix products of its steps. It does so in turns of 20 steps
// each, so that a machine which slows down slows both, and takes one turn of each before the clock runs, in which graphs
// are compiled. The rest of the examples that fills no batch is left out.
func MeasureEpoch(ctx context.Context, b *Backend, c Config, d *data.Dataset) (times EpochTimes, err error) {
	if _, _, err := c.split(d, d); err != nil {
		return times, err
	}
	m, err := NewModel(b, c.Architecture, c.Seed)
	if err != nil {
		return times, err
	}
	t, err := newTrainer(m, c)
	if err != nil {
		return times, err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	products, err := NewProducts(b, c.Architecture, c.BatchSize)
	if err != nil {
		return times, err
	}
	order := permutation(c.Seed, 1, d.Len())
	steps := d.Len() / c.BatchSize
	const turn = 20
	if _, err := timeTurn(ctx, t, products, c, d, order[:min(turn, steps)*c.BatchSize]); err != nil {
		return times, err
	}
	for step := 0; step < steps; step += turn {
		taken, err := timeTurn(ctx, t, products, c, d, order[step*c.BatchSize:min(step+turn, steps)*c.BatchSize])
		if err != nil {
			return times, err
		}
		times.Train += taken.Train
		times.Products += taken.Products
		times.Steps += taken.Steps
	}
	return times, nil
}

// timeTurn takes the steps for some examples, then as many times the products.
func timeTurn(ctx context.Context, t *trainer, products *Products, c Config, d *data.Dataset, examples []int) (EpochTimes, error) {
	times := EpochTimes{Steps: len(examples) / c.BatchSize}
	start := time.Now()
	for len(examples) > 0 {
		p := pass{examples: examples[:c.BatchSize], learningRate: c.LearningRate, beta: c.Beta, epoch: 1}
		examples = examples[c.BatchSize:]
		p.next = examples[:min(len(examples), c.BatchSize)]
		if _, err := t.train(ctx, d, p); err != nil {
			return times, err
		}
	}
	times.Train = time.Since(start)
	for range times.Steps {
		if err := ctx.Err(); err != nil {
			return times, fmt.Errorf("measuring the products: %w", err)
		}
		if err := products.Step(); err != nil {
			return times, err
		}
	}
	times.Products = time.Since(start) - times.Train
	return times, nil
}
