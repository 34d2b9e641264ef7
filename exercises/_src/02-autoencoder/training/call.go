package main

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"

	"exercise/answer"
	"exercise/graphs"
	"exercise/training"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		backend, store := graphs.Backend(), model.NewStore()
		// reconstruct also makes the weights, where there are none yet.
		reconstruct := func() *tensors.Tensor {
			return model.MustCallOnce(backend, store, func(s *model.Scope, x *Node) *Node {
				return training.Reconstruct(s.WithInitializer(graphs.Weights(args[4:]...)), x)
			}, graphs.Tensor(args[3]))
		}
		reconstruct()
		losses := training.Train(backend, store, args[0].Rows32(), args[1].Int(), args[2].Int())
		return []wire.Value{wire.List(losses), graphs.Value(reconstruct())}
	})
}
