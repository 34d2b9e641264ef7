package loss

import . "github.com/gomlx/gomlx/core/graph"

func Loss(x, reconstruction *Node) *Node {
	return ReduceAllMean(Abs(Sub(x, reconstruction)))
}
