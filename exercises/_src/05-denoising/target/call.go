package main

import (
	. "github.com/gomlx/gomlx/core/graph"

	"exercise/answer"
	"exercise/graphs"
	"exercise/target"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		return graphs.Run(func(a []*Node) []*Node {
			net := func(pictures *Node) *Node { return Sigmoid(MatMul(MatMul(pictures, a[2]), a[3])) }
			return []*Node{target.Loss(net, a[0], a[1])}
		}, args...)
	})
}
