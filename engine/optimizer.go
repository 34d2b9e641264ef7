package engine

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/initializer"
)

// Optimizers lists the names that Config.Optimizer takes: Adam (Kingma and Ba 2014), RMSProp (Tieleman and Hinton
// 2012) and plain stochastic gradient descent.
func Optimizers() []string { return []string{"adam", "rmsprop", "sgd"} }

func validateOptimizer(name string) error {
	if !slices.Contains(Optimizers(), name) {
		return fmt.Errorf("optimizer %q is not known; choose one of %s", name, strings.Join(Optimizers(), ", "))
	}
	return nil
}

// optimizer moves weights against their gradients. It is Adam (Kingma and Ba 2014, algorithm 1), RMSProp (Adam without
// the first moment, its bias correction kept) or plain gradient descent, written so that each weight is touched as few
// times as possible:
//
//	M ← β₁·M + g    V ← β₂·V + g²    w ← w − size · M / (√V + ε′)
//
// M and V are the moments without their constant factors 1−β₁ and 1−β₂. Those, the bias corrections and the learning
// rate are numbers of the step, not of the weight, so they are multiplied once outside the graph, see scales.
type optimizer struct {
	name  string
	steps int // taken so far
}

// The constants of Adam and RMSProp.
const (
	beta1   = 0.9
	beta2   = 0.999
	epsilon = 1e-7
	// tiny keeps moments from fading below the smallest normal float32, where a multiplication takes a hundred times as
	// long: the weights of pixels that are always blank have a gradient of exactly 0. Such a weight moves by less than
	// 1e-11 of the learning rate.
	tiny = 1e-18
	// momentsScope holds the moments, at the paths of their weights.
	momentsScope = "optimizer"
)

// scales counts a step and returns the two numbers, size and ε′, that it needs beside the gradients.
func (o *optimizer) scales(learningRate float64) (size, eps float32) {
	o.steps++
	t := float64(o.steps)
	if o.name == "sgd" {
		return float32(learningRate), 0
	}
	root := math.Sqrt((1 - beta2) / (1 - math.Pow(beta2, t)))
	rate := learningRate / root
	if o.name == "adam" {
		rate *= (1 - beta1) / (1 - math.Pow(beta1, t))
	}
	return float32(rate), float32(epsilon / root)
}

// update adds one step to the graph. size and eps are scalars.
func (o *optimizer) update(store *model.Store, gradients []gradient, size, eps *graph.Node) {
	g := size.Graph()
	for _, d := range gradients {
		weights := d.variable.NodeValue(g)
		direction := d.node
		if o.name != "sgd" {
			grad := graph.AddScalar(d.node, tiny)
			second := moment(store, d.variable, "second")
			v := graph.Add(graph.MulScalar(second.NodeValue(g), beta2), graph.Square(grad))
			second.SetNodeValue(v)
			if direction = grad; o.name == "adam" {
				first := moment(store, d.variable, "first")
				direction = graph.Add(graph.MulScalar(first.NodeValue(g), beta1), grad)
				first.SetNodeValue(direction)
			}
			direction = graph.Div(direction, graph.Add(graph.Sqrt(v), eps))
		}
		d.variable.SetNodeValue(graph.Sub(weights, graph.Mul(direction, size)))
	}
}

// moment is a variable beside v that starts with zeros.
func moment(store *model.Store, v *model.Variable, name string) *model.Variable {
	scope := store.Scope(model.JoinPath(momentsScope, v.Path())).WithInitializer(initializer.Zero)
	return scope.VariableWithShape(name, v.Shape()).SetTrainable(false)
}
