package main

import (
	"strings"

	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"

	"exercise/answer"
	"exercise/freeze"
	"exercise/graphs"
	"exercise/wire"
)

// rate is that of the step which shows what learns.
const rate = 0.5

// paths are where the layers of Scores keep their weights. Their biases begin at 0.
var paths = []string{"/encoder/dense/weights", "/head/dense/weights"}

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		x, hot, frozen := args[0], args[1], args[2].Bools()[0]
		store := model.NewStore()
		for i, path := range paths {
			weights := args[3+i]
			biases := wire.List(make([]float32, weights.Shape[1]))
			create(store, path, weights)
			create(store, strings.Replace(path, "weights", "biases", 1), biases)
		}
		return graphs.RunModel(store, func(s *model.Scope, x []*Node) []*Node { return step(s, x[0], x[1], frozen) }, x, hot)
	})
}

func create(store *model.Store, path string, v wire.Value) {
	if _, err := store.CreateVariable(path, graphs.Tensor(v)); err != nil {
		panic(err)
	}
}

// step returns the scores, and the weights after a step of gradient descent on the mean cross entropy.
func step(s *model.Scope, x, hot *Node, frozen bool) []*Node {
	scores := freeze.Scores(s, x, frozen)
	loss := Neg(ReduceAllMean(ReduceSum(Mul(hot, LogSoftmax(scores)), -1)))
	results := []*Node{scores}
	for _, path := range paths {
		v := s.Store().GetVariable(path)
		if v == nil || !v.InUseByGraph(x.Graph()) {
			panic("the weights at " + path + " have no part in the scores; keep the names encoder and head")
		}
		weights := v.NodeValue(x.Graph())
		if v.Trainable {
			weights = Sub(weights, MulScalar(Gradient(loss, weights)[0], rate))
		}
		results = append(results, weights)
	}
	return results
}
