package engine

import (
	"fmt"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

// network builds the layers of an Architecture in a graph. Every layer is one matrix product; the network remembers
// each on the way, so that training can form the gradients of the weights itself (see gradients).
type network struct {
	scope    *model.Scope
	products []productNodes
}

// productNodes are the nodes around the product of one layer.
type productNodes struct {
	in              *graph.Node // [rows, in]
	out             *graph.Node // [rows, out], with the biases added
	weights, biases *model.Variable
	// before is the input of a convolution, and back turns the gradient of in into the one of before. Both are nil for a
	// dense layer, where in is the input itself.
	before *graph.Node
	back   func(gradient *graph.Node) *graph.Node
}

// stack adds layers in a scope. x: [batch, in] → [batch, out], and the same before the activation of the last layer.
func (n *network) stack(scope *model.Scope, layers []located, x *graph.Node) (out, linear *graph.Node) {
	linear = x
	for _, l := range layers {
		linear = n.layer(scope.In("%d", l.index), l, x)
		x = l.layer.Activation.apply(linear)
	}
	return x, linear
}

// layer is one layer before its activation. x: [batch, in] → [batch, out].
func (n *network) layer(scope *model.Scope, l located, x *graph.Node) (out *graph.Node) {
	defer func() {
		if p := recover(); p != nil {
			panic(fmt.Errorf("layer %s from %s to %s: %v", scope.Scope(), x.Shape(), shapeString(l.out), p))
		}
	}()
	rows, columns, biases := l.layer.weights(l.in)
	if l.layer.Kind == Dense {
		return n.product(scope, x, rows, columns, biases)
	}
	scope = scope.WithInitializer(kernels(scope.Initializer(), l.layer, channels(l.in)))
	batch := x.Shape().Dimensions[0]
	var p patches
	if l.layer.Kind == Conv {
		p = convPatches(l.layer, l.in, x)
	} else {
		p = deconvPatches(l.layer, l.in, x)
	}
	out = n.product(scope, graph.StopGradient(p.nodes), rows, columns, biases)
	made := &n.products[len(n.products)-1]
	made.before, made.back = x, p.back
	if l.layer.Kind == Conv {
		return graph.Reshape(out, batch, size(l.out))
	}
	return deconvOutput(l.layer, l.in, batch, out)
}

// product is x·W + b. x: [rows, in] → [rows, columns]. Fewer biases than columns repeat themselves.
func (n *network) product(scope *model.Scope, x *graph.Node, in, columns, biases int) *graph.Node {
	g := x.Graph()
	w := scope.VariableWithShape("weights", shapes.Make(dtypes.Float32, in, columns))
	b := scope.VariableWithShape("biases", shapes.Make(dtypes.Float32, biases))
	bias := graph.ExpandAxes(b.NodeValue(g), 0) // [1, biases]
	if biases < columns {
		bias = graph.Reshape(graph.BroadcastToDims(bias, columns/biases, biases), 1, columns)
	}
	out := graph.Add(graph.Dot(x, w.NodeValue(g)).Product(), bias)
	n.products = append(n.products, productNodes{in: x, out: out, weights: w, biases: b})
	return out
}

// gradient is the slope of a loss along one variable.
type gradient struct {
	variable *model.Variable
	node     *graph.Node // of the variable's shape
}

// gradients returns the gradient of loss, a scalar, for the weights and biases of each layer.
//
// Automatic differentiation carries the gradient back to each layer's output; from there the gradient of the weights is
// written as transpose(in) · gradient. The library's own rule contracts both operands over their first axis instead,
// for which the Go backend has no fast kernel: on 784×128 weights that product alone took 1.5 times as long.
//
// It does not carry anything back through the patches of a convolution, see patches. There the way back is
// gradient · transpose(weights), spread over the input by the patches' own rule. What lies before then goes on from the
// sum of input · spread gradient, which has that gradient.
func (n *network) gradients(loss *graph.Node) []gradient {
	grads := make([]gradient, 0, 2*len(n.products))
	for end := len(n.products); end > 0; {
		start := end - 1
		for start > 0 && n.products[start].back == nil {
			start--
		}
		outs := make([]*graph.Node, 0, end-start)
		for _, p := range n.products[start:end] {
			outs = append(outs, p.out)
		}
		outs = graph.Gradient(loss, outs...) // [rows, out] each
		for i, p := range n.products[start:end] {
			grads = append(grads, p.gradients(outs[i])...)
		}
		if p := n.products[start]; start > 0 {
			loss = graph.Add(loss, graph.ReduceAllSum(graph.Mul(p.before, graph.StopGradient(p.inputGradient(outs[0])))))
		}
		end = start
	}
	return grads
}

// gradients are those of the weights and the biases. grad: [rows, out].
func (p productNodes) gradients(grad *graph.Node) []gradient {
	bias := graph.ReduceSum(grad, 0) // [out]
	if size := p.biases.Shape().Size(); size < bias.Shape().Size() {
		bias = graph.ReduceSum(graph.Reshape(bias, -1, size), 0)
	}
	return []gradient{{p.weights, graph.Dot(graph.Transpose(p.in, 0, 1), grad).Product()}, {p.biases, bias}}
}

// inputGradient is the gradient of the input of a convolution. grad: [rows, out] → [batch, in].
func (p productNodes) inputGradient(grad *graph.Node) *graph.Node {
	weights := p.weights.NodeValue(grad.Graph())
	return p.back(graph.Einsum("ro,io->ri", grad, weights))
}
