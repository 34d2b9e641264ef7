package engine

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers/activation"
)

// Activation is the function that a layer applies to each of its units.
type Activation string

// The activations of the workshop.
const (
	ReLU    Activation = "relu"    // max(0, z)
	Tanh    Activation = "tanh"    // between -1 and 1
	Sigmoid Activation = "sigmoid" // 1 / (1 + e^-z), between 0 and 1
	Linear  Activation = "linear"  // z itself
)

// Activations lists all activations, in the order in which a learner meets them.
func Activations() []Activation { return []Activation{ReLU, Tanh, Sigmoid, Linear} }

func (a Activation) validate() error {
	if slices.Contains(Activations(), a) {
		return nil
	}
	names := make([]string, 0, len(Activations()))
	for _, known := range Activations() {
		names = append(names, string(known))
	}
	return fmt.Errorf("activation %q is not known; choose one of %s", string(a), strings.Join(names, ", "))
}

// leastLogit is where the sigmoid stops falling, at 1e-13. Training pushes the outputs of pixels that are always blank
// down without end; their gradient, the square of so small an output, would become subnormal, and every product with a
// subnormal number takes a hundred times as long.
const leastLogit = -30

// apply is the activation of z, of any shape.
func (a Activation) apply(z *graph.Node) *graph.Node {
	switch a {
	case ReLU:
		return activation.Relu(z)
	case Tanh:
		return graph.Tanh(z)
	case Sigmoid:
		return graph.Sigmoid(graph.MaxScalar(z, leastLogit))
	default:
		return z
	}
}
