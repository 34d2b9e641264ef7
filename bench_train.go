package main

import (
	"context"
	"time"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
)

// alternate is how many training steps and how many times their products alone run in turn: often enough that both see
// the same machine, seldom enough that neither finds its cache full of the other's data.
const alternate = 25

// benchTrain trains one epoch of 784-128-64-12-3-12-64-128-784 on all of MNIST with batches of 128 and Adam. In between
// it computes as often the matrix products of a step alone, which no training on the backend can undercut. Validation
// is not counted.
func benchTrain(ctx context.Context, backend string) ([]figure, error) {
	b, err := engine.Open(backend)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	set, err := data.MNISTTrain()
	if err != nil {
		return nil, err
	}
	heldOut, err := data.MNISTTest()
	if err != nil {
		return nil, err
	}
	architecture := engine.NewArchitecture([]int{28, 28}, engine.ReLU, []int{128, 64, 12}, 3).WithOutput(engine.Sigmoid)
	train, gemm, err := measureEpoch(ctx, b, engine.Config{
		Architecture: architecture, Seed: 1, Epochs: 2, BatchSize: 128, LearningRate: 0.001, Optimizer: "adam",
	}, set, heldOut)
	if err != nil {
		return nil, err
	}
	return []figure{
		{"train_epoch_seconds", train.Seconds(), "one epoch of 784-128-64-12-3-12-64-128-784, batch 128, Adam"},
		{"gemm_epoch_seconds", gemm.Seconds(), "its matrix products alone, measured in between"},
		{"train_over_gemm", train.Seconds() / gemm.Seconds(), "their ratio"},
	}, nil
}

// measureEpoch times the second epoch of a run of two, and the matrix products of as many examples.
func measureEpoch(ctx context.Context, b *engine.Backend, c engine.Config, set, heldOut *data.Dataset) (
	train, gemm time.Duration, err error,
) {
	products, err := engine.NewProducts(b, c.Architecture, c.BatchSize)
	if err != nil {
		return 0, 0, err
	}
	run, err := engine.NewRun(b, c, set, heldOut)
	if err != nil {
		return 0, 0, err
	}
	if err := products.Step(); err != nil { // It compiles.
		return 0, 0, err
	}
	m := trainMeter{products: products, stop: run.Stop}
	run.Start(ctx, m.event)
	if m.err != nil {
		return 0, 0, m.err
	}
	steps := float64(set.Len()) / float64(c.BatchSize)
	return m.training, time.Duration(float64(m.multiplying) / float64(m.multiplied) * steps), nil
}

// trainMeter times the steps of a run's second epoch and lets its products run in between. The first epoch compiles the
// graphs of both batch sizes and warms the machine up.
type trainMeter struct {
	products *engine.Products
	stop     func()

	last                  time.Time // when the last event was handled
	training, multiplying time.Duration
	multiplied            int // product steps
	err                   error
}

// event takes the time since the last event as that of a step.
func (m *trainMeter) event(e engine.Event) {
	defer func() { m.last = time.Now() }()
	switch e := e.(type) {
	case engine.StepEvent:
		if e.Epoch == 2 {
			m.training += time.Since(m.last)
			if e.Step%alternate == 0 {
				m.multiply()
			}
		}
	case engine.ErrorEvent:
		m.err = e.Err
	}
}

func (m *trainMeter) multiply() {
	start := time.Now()
	for range alternate {
		if m.err = m.products.Step(); m.err != nil {
			m.stop()
			return
		}
	}
	m.multiplying += time.Since(start)
	m.multiplied += alternate
}
