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
		// Two steps show whether the numbers are others the second time.
		steps := graphs.Steps(2, store, func(s *model.Scope, x []*Node) []*Node {
			return []*Node{noise.AddNoise(s, x[0], args[1].Float())}
		}, args[0])
		return append(steps[0], steps[1]...)
	})
}
