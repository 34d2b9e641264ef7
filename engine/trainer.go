package engine

import (
	"fmt"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/train/optimizer"

	"github.com/aetutor/aetutor/data"
)

// trainer takes optimizer steps on a Model. It belongs to one goroutine.
type trainer struct {
	model        *Model
	step         *model.Exec
	learningRate *model.Variable         // scalar, read by each step
	rate         float64                 // its value
	batches      map[int]*tensors.Tensor // one input tensor a batch size, filled anew for each step
}

func newTrainer(m *Model, optimizerName string, learningRate float64) (t *trainer, err error) {
	defer recoverGraph(&err, "building the training step")
	update := newOptimizer(optimizerName, learningRate)
	t = &trainer{
		model:        m,
		learningRate: optimizer.LearningRateVar(m.store.RootScope(), dtypes.Float32, learningRate),
		rate:         learningRate,
		batches:      map[int]*tensors.Tensor{},
	}
	t.step = model.MustNewExec(m.backend.compute, m.store, func(scope *model.Scope, x *graph.Node) *graph.Node {
		scope.SetTraining(x.Graph(), true)
		ae := m.architecture.build(scope, x)
		loss := meanSquaredError(ae.reconstruction, x)
		update.UpdateGraphWithGradients(scope, ae.network.gradients(loss), dtypes.Float32)
		return loss
	})
	// A learner who tries many batch sizes compiles a graph for each, and one for each epoch's rest.
	t.step.SetMaxCache(1000)
	return t, nil
}

// train takes one step on some examples of d and returns the batch's mean squared error before it.
func (t *trainer) train(d *data.Dataset, examples []int) (loss float64, err error) {
	defer recoverGraph(&err, "a training step")
	batch, err := t.batch(len(examples))
	if err != nil {
		return 0, err
	}
	width := d.Width()
	tensors.MustMutableFlatData(batch, func(flat []float32) {
		for row, i := range examples {
			d.Row(flat[row*width:(row+1)*width], i)
		}
	})
	t.model.mu.Lock()
	outputs, err := t.step.Call(batch)
	t.model.mu.Unlock()
	if err != nil {
		return 0, fmt.Errorf("a training step: %w", err)
	}
	loss = float64(tensors.ToScalar[float32](outputs[0]))
	outputs[0].MustFinalizeAll()
	return loss, nil
}

func (t *trainer) batch(size int) (*tensors.Tensor, error) {
	if batch, ok := t.batches[size]; ok {
		return batch, nil
	}
	shape := shapes.Make(dtypes.Float32, size, t.model.architecture.Width())
	batch, err := tensors.FromShapeForBackend(t.model.backend.compute, 0, shape)
	if err != nil {
		return nil, fmt.Errorf("a batch of %d examples: %w", size, err)
	}
	t.batches[size] = batch
	return batch, nil
}

func (t *trainer) setLearningRate(rate float64) error {
	if rate == t.rate {
		return nil
	}
	if err := t.learningRate.SetValue(tensors.FromScalar(float32(rate))); err != nil {
		return fmt.Errorf("setting the learning rate to %v: %w", rate, err)
	}
	t.rate = rate
	return nil
}

// close frees the batches and what the optimizer keeps, so that a finished model holds its weights only.
func (t *trainer) close() error {
	t.step.Finalize()
	for _, batch := range t.batches {
		if err := batch.FinalizeAll(); err != nil {
			return fmt.Errorf("freeing a batch: %w", err)
		}
	}
	return t.model.dropOptimizer()
}
