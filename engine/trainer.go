package engine

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"

	"github.com/aetutor/aetutor/data"
)

// trainer takes optimizer steps on a Model. It belongs to one goroutine.
type trainer struct {
	model     *Model
	objective objective
	mover     *mover
	feeder    *feeder
	steps     []*model.Exec   // one for each part of a batch; together they are a training step
	compiled  map[[2]int]bool // which steps have a graph for which number of examples
	measure   *model.Exec     // the parts of the loss of each example, [batch, 1], or 2 for R and KL
}

// newTrainer prepares the step of a valid configuration.
func newTrainer(m *Model, c Config) (t *trainer, err error) {
	defer recoverGraph(&err, "building the training step")
	t = &trainer{
		model: m, compiled: map[[2]int]bool{}, objective: c.objective(),
		feeder: &feeder{backend: m.backend, corruption: c.Corruption, masked: c.MaskedOnly,
			parts: batchParts(m.backend, m.architecture), seed: corruptionSeed(c.Seed)},
	}
	if err := m.store.SetRNGStateFromSeed(drawSeed(c.Seed)); err != nil {
		return nil, err
	}
	var paths []string
	for _, p := range m.architecture.parameters() {
		paths = append(paths, "/"+p.path)
	}
	if t.mover, err = newMover(m.backend, m.store, c.Optimizer, paths, t.feeder.parts); err != nil {
		return nil, err
	}
	for part := range t.feeder.parts {
		step := model.MustNewExec(m.backend.compute, m.store, func(scope *model.Scope, inputs []*graph.Node) []*graph.Node {
			return t.graph(part, scope, inputs)
		})
		// A learner who tries many batch sizes compiles a graph for each, and one for each epoch's rest.
		step.SetMaxCache(1000)
		t.steps = append(t.steps, step)
	}
	t.measure = model.MustNewExec(m.backend.compute, m.store, t.measureGraph)
	return t, nil
}

// batchParts is how many parts of a batch the Go backend computes side by side. A step is a chain of operations, most
// of them too small for two cores; parts are several chains, and their products small enough to be computed on the
// spot. The number does not depend on the machine, so that a seed gives the same sums everywhere.
//
// A variational autoencoder draws random numbers in its graph, whose state the parts would have to share.
func batchParts(b *Backend, a Architecture) int {
	if !b.hostMoves() || a.Variational {
		return 1
	}
	return 4
}

// graph is the training step of a part of a batch. inputs are those of the part, then the scalars size and ε′ of the
// optimizer, β, and the share that the part has in the batch.
func (t *trainer) graph(part int, scope *model.Scope, inputs []*graph.Node) []*graph.Node {
	examples, scalars := inputs[:len(inputs)-4], inputs[len(inputs)-4:]
	scope.SetTraining(inputs[0].Graph(), true)
	ae := t.model.architecture.build(t.model.initialized(scope), examples[0], true)
	target, mask := targets(examples)
	loss, errs, kl := t.objective.loss(ae, target, mask, scalars[2])
	t.mover.graph(part, ae.network.gradients(graph.Mul(loss, scalars[3])), scalars[0], scalars[1])
	if kl == nil {
		return []*graph.Node{loss}
	}
	return []*graph.Node{loss, errs, kl}
}

func (t *trainer) measureGraph(scope *model.Scope, inputs []*graph.Node) *graph.Node {
	scope.SetTraining(inputs[0].Graph(), true) // See newModel.
	ae := t.model.architecture.build(t.model.initialized(scope), inputs[0], false)
	target, mask := targets(inputs)
	errs, kl := t.objective.parts(ae, target, mask)
	if kl == nil {
		return graph.ExpandAxes(errs, -1)
	}
	return graph.Stack([]*graph.Node{errs, kl}, -1)
}

// targets are what the inputs of a batch should become, and which values are hidden, or nil.
func targets(inputs []*graph.Node) (target, mask *graph.Node) {
	switch len(inputs) {
	case 1:
		return inputs[0], nil
	case 2:
		return inputs[1], nil
	default:
		return inputs[1], inputs[2]
	}
}

// pass is what a step needs to know.
type pass struct {
	examples, next []int // of this step and, as far as it is known, of the one after it
	epoch          int
	learningRate   float64
	beta           float64
}

// train takes one step on some examples of d and returns the batch's loss before it. It waits for its turn on the
// backend until ctx ends.
func (t *trainer) train(ctx context.Context, d *data.Dataset, p pass) (l losses, err error) {
	defer recoverGraph(&err, "a training step")
	b, err := t.feeder.batch(d, p.examples, p.epoch)
	if err != nil {
		return l, err
	}
	defer t.feeder.release(b)
	if err := t.feeder.prepare(d, p.next, p.epoch); err != nil {
		return l, err
	}
	if err := t.model.backend.turns.begin(ctx, t.model.backend.share); err != nil {
		return l, err
	}
	defer t.model.backend.turns.end()
	t.model.mu.Lock()
	defer t.model.mu.Unlock()
	size, eps := t.mover.optimizer.scales(p.learningRate)
	if l, err = t.compute(b, size, eps, float32(p.beta)); err != nil {
		return l, fmt.Errorf("a training step: %w", err)
	}
	return l, t.mover.finish(len(b.parts), size, eps)
}

// compute executes the graphs of all parts of a batch, as many at once as there are cores, and returns the batch's
// loss.
func (t *trainer) compute(b *batch, scalars ...any) (l losses, err error) {
	shares, errs := make([]losses, len(b.parts)), make([]error, len(b.parts))
	workers := min(runtime.GOMAXPROCS(0), len(b.parts))
	for i, p := range b.parts {
		if size := [2]int{i, p.to - p.from}; !t.compiled[size] {
			// Building a graph touches the variables of all parts.
			workers, t.compiled[size] = 1, true
		}
	}
	work := func(first int) {
		for i := first; i < len(b.parts); i += workers {
			shares[i], errs[i] = t.computePart(i, b.parts[i], len(b.examples), scalars)
		}
	}
	var others sync.WaitGroup
	for first := 1; first < workers; first++ {
		others.Go(func() { work(first) })
	}
	work(0)
	others.Wait()
	for _, share := range shares {
		l.loss += share.loss
		l.reconstruction += share.reconstruction
		l.kl += share.kl
	}
	return l, errors.Join(errs...)
}

// computePart executes the graph of a part and returns its share of the loss of a batch of n examples.
func (t *trainer) computePart(i int, p batchPart, n int, scalars []any) (l losses, err error) {
	defer recoverGraph(&err, "a part of a batch")
	share := float64(p.to-p.from) / float64(n)
	args := make([]any, 0, 7)
	for _, input := range p.inputs {
		args = append(args, input)
	}
	args = append(append(args, scalars...), float32(share))
	outputs, err := t.steps[i].Call(args...)
	if err != nil {
		return l, err
	}
	for k, to := range []*float64{&l.loss, &l.reconstruction, &l.kl}[:len(outputs)] {
		*to = share * float64(tensors.ToScalar[float32](outputs[k]))
		outputs[k].MustFinalizeAll()
	}
	return l, nil
}

// evaluate is the mean loss over d, whose examples are spoiled as held-out ones. A variational autoencoder reconstructs
// from the mean of each code.
func (t *trainer) evaluate(ctx context.Context, d *data.Dataset, beta float64) (losses, error) {
	flats := make([][]float32, inputsPerBatch(t.feeder.corruption, t.feeder.masked))
	for i := range flats {
		flats[i] = make([]float32, min(d.Len(), blockRows)*d.Width())
	}
	columns := 1
	if t.objective.architecture.Variational {
		columns = 2
	}
	sums := make([]float64, 2)
	for from := 0; from < d.Len(); from += blockRows {
		examples := make([]int, 0, blockRows)
		for i := from; i < min(from+blockRows, d.Len()); i++ {
			examples = append(examples, i)
		}
		for i := range flats {
			flats[i] = flats[i][:len(examples)*d.Width()]
		}
		if err := fillExamples(d, t.feeder.spoiling(heldOutEpoch), examples, flats); err != nil {
			return losses{}, err
		}
		parts, err := t.model.run(ctx, "measuring", t.measure, columns, d.Width(), flats...)
		if err != nil {
			return losses{}, err
		}
		for i, part := range parts {
			sums[i%columns] += float64(part)
		}
	}
	n := float64(d.Len())
	return t.objective.combine(sums[0]/n, sums[1]/n, beta), nil
}

// close frees the batches and what the optimizer keeps, so that a finished model holds its weights only.
func (t *trainer) close() error {
	for _, step := range t.steps {
		step.Finalize()
	}
	t.measure.Finalize()
	return errors.Join(t.feeder.close(), t.model.dropOptimizer())
}
