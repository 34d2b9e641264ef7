package engine

import (
	"fmt"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

// network builds the layers of an Architecture in a graph. It remembers each dense layer on the way, so that training
// can form the gradients of the weights itself (see gradients).
type network struct {
	scope *model.Scope
	dense []denseNodes
}

// denseNodes are the nodes around one dense layer.
type denseNodes struct {
	in              *graph.Node // [batch, in]
	out             *graph.Node // [batch, out], before the activation
	weights, biases *model.Variable
}

// stack adds the layers of one part, "encoder" or "decoder". x: [batch, in] → [batch, out].
func (n *network) stack(part string, layers []Layer, x *graph.Node) *graph.Node {
	scope := n.scope.In("%s", part)
	for i, layer := range layers {
		x = layer.Activation.apply(n.layer(scope.In("%d", i), x, layer.Units))
	}
	return x
}

// layer is x·W + b. x: [batch, in] → [batch, units].
func (n *network) layer(scope *model.Scope, x *graph.Node, units int) (out *graph.Node) {
	defer func() {
		if p := recover(); p != nil {
			panic(fmt.Errorf("layer %s from %s to %d units: %v", scope.Scope(), x.Shape(), units, p))
		}
	}()
	in := x.Shape().Dimensions[1]
	weights := scope.VariableWithShape("weights", shapes.Make(dtypes.Float32, in, units))
	biases := scope.VariableWithShape("biases", shapes.Make(dtypes.Float32, units))
	g := x.Graph()
	out = graph.Add(graph.Dot(x, weights.NodeValue(g)).Product(), graph.ExpandAxes(biases.NodeValue(g), 0))
	n.dense = append(n.dense, denseNodes{x, out, weights, biases})
	return out
}

// gradients returns the gradient of loss for each trainable variable of the graph, in the order in which optimizers
// expect them.
//
// Automatic differentiation carries the gradient back to each layer's output; from there the gradient of the weights is
// written as transpose(in) · gradient. The library's own rule contracts both operands over their first axis instead,
// for which the Go backend has no fast kernel: on 784×128 weights that product alone took 1.5 times as long.
func (n *network) gradients(loss *graph.Node) []*graph.Node {
	outs := make([]*graph.Node, len(n.dense))
	for i, d := range n.dense {
		outs[i] = d.out
	}
	byVariable := make(map[*model.Variable]*graph.Node, 2*len(n.dense))
	for i, grad := range graph.Gradient(loss, outs...) { // grad: [batch, out]
		d := n.dense[i]
		byVariable[d.weights] = graph.Dot(graph.Transpose(d.in, 0, 1), grad).Product() // [in, out]
		byVariable[d.biases] = graph.ReduceSum(grad, 0)                                // [out]
	}
	var grads []*graph.Node
	for v := range n.scope.IterVariables() {
		if v.Trainable && v.InUseByGraph(loss.Graph()) {
			grads = append(grads, byVariable[v])
		}
	}
	return grads
}

// meanSquaredError compares a reconstruction with its target, both [batch, width], and gives a scalar.
func meanSquaredError(reconstruction, target *graph.Node) *graph.Node {
	return graph.ReduceAllMean(graph.Square(graph.Sub(reconstruction, target)))
}
