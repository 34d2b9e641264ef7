package main

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"

	"exercise/answer"
	"exercise/graphs"
	"exercise/noise"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		store := model.NewStore()
		if err := store.SetRNGStateFromSeed(int64(args[2].Int())); err != nil {
			panic(err)
		}
		// Noise is added twice, so that it can be seen whether the numbers are others the second time.
		return graphs.RunModel(store, func(s *model.Scope, x []*Node) []*Node {
			std := args[1].Float()
			return []*Node{noise.AddNoise(s.In("first"), x[0], std), noise.AddNoise(s.In("second"), x[0], std)}
		}, args[0])
	})
}
