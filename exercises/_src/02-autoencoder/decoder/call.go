package main

import (
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"

	"exercise/answer"
	"exercise/decoder"
	"exercise/graphs"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		units, pixels := args[1].Int(), args[2].Int()
		return graphs.RunModel(model.NewStore(), func(s *model.Scope, x []*Node) []*Node {
			return []*Node{decoder.Decode(s.WithInitializer(graphs.Weights(args[3:]...)), x[0], units, pixels)}
		}, args[0])
	})
}
