package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/initializer"
)

// Classifier tells classes apart by a linear function of features: of what it is given, or of the codes of an encoder.
// Its methods may be called from any goroutine; they take turns.
type Classifier struct {
	frozen  *Model // encodes the examples first; nil where the features come as they are or inner encodes them
	inner   *Model // holds the weights of the head and, unless the features come as they are, of a trained encoder
	encodes bool   // the head works on the codes of inner
	width   int    // values that the head's graph takes for an example
	classes int
	predict *model.Exec
	losses  []float64 // of training, after each epoch
}

// examples are n rows of width values with their labels.
type examples struct {
	n, width int
	row      func(dst []float32, i int)
	labels   []uint8
}

const headScope = "head"

// newClassifier makes a classifier whose scores are all 0. m is the encoder to train with it, or nil.
func newClassifier(b *Backend, m *Model, width, classes int) (k *Classifier, err error) {
	defer recoverGraph(&err, "building the classifier")
	k = &Classifier{inner: m, encodes: m != nil, width: width, classes: classes}
	if m == nil {
		k.inner = &Model{backend: b, store: model.NewStore()}
	}
	k.predict = model.MustNewExec(b.compute, k.inner.store, func(scope *model.Scope, x *graph.Node) *graph.Node {
		scope.SetTraining(x.Graph(), true) // See newModel.
		_, scores := k.scores(scope, x)
		return graph.Softmax(scores)
	})
	_, err = k.Probabilities(context.Background(), make([]float32, width)) // This makes the weights.
	return k, err
}

// scores adds the encoder, if there is one, and the head to the graph. x: [batch, width] → [batch, classes].
func (k *Classifier) scores(scope *model.Scope, x *graph.Node) (*network, *graph.Node) {
	n := &network{scope: scope}
	if k.encodes {
		// The layer of the variance has no part in the codes.
		plain := k.inner.architecture
		plain.Variational = false
		x, _ = plain.encode(n, x)
	}
	head := scope.In(headScope).WithInitializer(initializer.Zero)
	return n, n.product(head, x, x.Shape().Dimensions[1], k.classes, k.classes)
}

// train fits the weights to examples, whose configuration is valid. It returns within one step of ctx's end.
func (k *Classifier) train(ctx context.Context, c ProbeConfig, e examples) (err error) {
	defer recoverGraph(&err, "training the classifier")
	m := k.inner
	mover, err := newMover(m.backend, m.store, "adam", k.paths(), 1)
	if err != nil {
		return err
	}
	step := k.newStep(mover, c.L2)
	defer func() {
		step.Finalize()
		err = errors.Join(err, dropOptimizer(m.store))
	}()
	m.backend.trains(1)
	defer m.backend.trains(-1)
	size := cmp.Or(c.BatchSize, e.n)
	best, stale := 0.0, 0
	for epoch := 1; epoch <= c.Epochs; epoch++ {
		rate := c.LearningRate * float64(c.Epochs-epoch+1) / float64(c.Epochs)
		sum := 0.0
		for batch := range slices.Chunk(permutation(c.Seed, uint64(epoch), e.n), size) {
			loss, err := k.step(ctx, step, mover, rate, e, batch)
			if err != nil {
				return err
			}
			sum += loss * float64(len(batch))
		}
		loss := sum / float64(e.n)
		if !isFinite(loss) {
			return &DivergedError{mover.optimizer.steps, loss, c.LearningRate}
		}
		k.losses = append(k.losses, loss)
		stale++
		if epoch == 1 || loss < best*(1-1e-6) {
			best, stale = loss, 0
		}
		if c.Patience > 0 && stale >= c.Patience {
			break
		}
	}
	return nil
}

// paths are the variables that training sets.
func (k *Classifier) paths() []string {
	paths := []string{"/" + headScope + "/weights", "/" + headScope + "/biases"}
	if k.encodes {
		plain := k.inner.architecture
		plain.Variational, plain.Decoder = false, nil
		for _, p := range plain.parameters() {
			paths = append(paths, "/"+p.path)
		}
	}
	return paths
}

// newStep is the training step. Its inputs are the examples, [batch, width], their classes as 1 among 0s,
// [batch, classes], and the scalars size and ε′ of the optimizer; its output is the loss before the step.
func (k *Classifier) newStep(mover *mover, l2 float64) *model.Exec {
	m := k.inner
	return model.MustNewExec(m.backend.compute, m.store, func(scope *model.Scope, inputs []*graph.Node) *graph.Node {
		scope.SetTraining(inputs[0].Graph(), true)
		n, scores := k.scores(scope, inputs[0])
		loss := crossEntropy(scores, inputs[1])
		gradients, head := n.gradients(loss), n.products[len(n.products)-1].weights
		weights := head.NodeValue(loss.Graph())
		for i, g := range gradients {
			if g.variable == head {
				gradients[i].node = graph.Add(g.node, graph.MulScalar(weights, l2))
			}
		}
		mover.graph(0, gradients, inputs[2], inputs[3])
		return graph.Add(loss, graph.MulScalar(graph.ReduceAllSum(graph.Square(weights)), l2/2))
	})
}

// step takes one step on some examples and returns their loss before it.
func (k *Classifier) step(
	ctx context.Context, step *model.Exec, mover *mover, rate float64, e examples, batch []int,
) (float64, error) {
	m := k.inner
	x, err := tensors.FromShapeForBackend(m.backend.compute, 0, shapes.Make(dtypes.Float32, len(batch), e.width))
	if err != nil {
		return 0, fmt.Errorf("a batch of %d examples: %w", len(batch), err)
	}
	defer x.MustFinalizeAll()
	tensors.MustMutableFlatData(x, func(flat []float32) {
		for row, i := range batch {
			e.row(flat[row*e.width:(row+1)*e.width], i)
		}
	})
	hot := make([]float32, len(batch)*k.classes) // 1 for the class of each example
	for row, i := range batch {
		hot[row*k.classes+int(e.labels[i])] = 1
	}
	size, eps := mover.optimizer.scales(rate)
	if err := m.backend.turns.begin(ctx, m.backend.share); err != nil {
		return 0, err
	}
	defer m.backend.turns.end()
	m.mu.Lock()
	defer m.mu.Unlock()
	outputs, err := step.Call(x, tensors.FromFlatDataAndDimensions(hot, len(batch), k.classes), size, eps)
	if err != nil {
		return 0, fmt.Errorf("a training step: %w", err)
	}
	if err := mover.finish(1, size, eps); err != nil {
		return 0, err
	}
	loss := float64(tensors.ToScalar[float32](outputs[0]))
	outputs[0].MustFinalizeAll()
	return loss, nil
}

// crossEntropy is the mean of −log softmax(scores) of the right class. scores, hot: [batch, classes].
func crossEntropy(scores, hot *graph.Node) *graph.Node {
	largest := graph.StopGradient(graph.ReduceAndKeep(scores, graph.ReduceMax, 1)) // keeps the exponentials finite
	shifted := graph.Sub(scores, largest)
	normalizer := graph.Log(graph.ReduceSum(graph.Exp(shifted), 1)) // [batch]
	return graph.ReduceAllMean(graph.Sub(normalizer, graph.ReduceSum(graph.Mul(shifted, hot), 1)))
}
