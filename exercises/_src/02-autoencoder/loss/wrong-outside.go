package loss

import . "github.com/gomlx/gomlx/core/graph"

func Loss(x, reconstruction *Node) *Node {
	return Square(ReduceAllMean(Sub(x, reconstruction)))
}
