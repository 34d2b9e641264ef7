package main

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"

	"exercise/answer"
	"exercise/freeze"
	"exercise/graphs"
	"exercise/wire"
)

// rate is that of the step which shows what learns.
const rate = 0.5

// paths are where the layers of Scores keep their weights and biases. The biases begin at 0.
var paths = []string{"/encoder/dense/weights", "/encoder/dense/biases", "/head/dense/weights", "/head/dense/biases"}

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		x, hot, frozen := args[0], args[1], args[2].Bools()[0]
		store := model.NewStore()
		for i, weights := range args[3:5] {
			create(store, paths[2*i], weights)
			create(store, paths[2*i+1], wire.List(make([]float32, weights.Shape[1])))
		}
		return graphs.RunModel(store, func(s *model.Scope, x []*Node) []*Node { return step(s, x[0], x[1], frozen) }, x, hot)
	})
}

func create(store *model.Store, path string, v wire.Value) {
	if _, err := store.CreateVariable(path, graphs.Tensor(v)); err != nil {
		panic(err)
	}
}

// step returns the scores, and weights and biases after a step of gradient descent on the mean cross entropy.
func step(s *model.Scope, x, hot *Node, frozen bool) []*Node {
	scores := freeze.Scores(s, x, frozen)
	loss := Neg(ReduceAllMean(ReduceSum(Mul(hot, LogSoftmax(scores)), -1)))
	results := []*Node{scores}
	for _, path := range paths {
		v := s.Store().GetVariable(path)
		if v == nil || !v.InUseByGraph(x.Graph()) {
			panic(path + " has no part in the scores; keep the layers with their biases, and the names encoder and head")
		}
		value := v.NodeValue(x.Graph())
		if v.Trainable {
			value = Sub(value, MulScalar(Gradient(loss, value)[0], rate))
		}
		results = append(results, value)
	}
	return results
}
