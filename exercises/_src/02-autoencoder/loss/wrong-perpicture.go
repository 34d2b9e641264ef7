package loss

import . "github.com/gomlx/gomlx/core/graph"

func Loss(x, reconstruction *Node) *Node {
	return ReduceAllMean(ReduceSum(Square(Sub(x, reconstruction)), 1))
}
