package engine

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/train/optimizer"
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

// gradientOptimizer is the part of an optimizer that takes gradients which were formed elsewhere.
type gradientOptimizer interface {
	UpdateGraphWithGradients(scope *model.Scope, gradients []*graph.Node, lossDType dtypes.DType)
}

// newOptimizer returns the optimizer of a validated name. Its learning rate is a variable that the run sets.
func newOptimizer(name string, learningRate float64) gradientOptimizer {
	switch name {
	case "sgd":
		return optimizer.StochasticGradientDescent().WithDecay(false).WithLearningRate(learningRate)
	case "rmsprop":
		return optimizer.RMSProp().LearningRate(learningRate).Done().(gradientOptimizer)
	default:
		return optimizer.Adam().LearningRate(learningRate).Done().(gradientOptimizer)
	}
}
