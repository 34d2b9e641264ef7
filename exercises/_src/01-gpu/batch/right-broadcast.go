package batch

import . "github.com/gomlx/gomlx/core/graph"

func Scores(x, weights *Node) *Node {
	return ReduceSum(Mul(ExpandAxes(x, 1), ExpandAxes(weights, 0)), -1)
}
