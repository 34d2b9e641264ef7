package reconstruction

import . "github.com/gomlx/gomlx/core/graph"

func Errors(x, y *Node) *Node {
	return ReduceAllMean(Square(Sub(x, y)))
}
