package reconstruction

import . "github.com/gomlx/gomlx/core/graph"

func Errors(x, y *Node) *Node {
	return Squeeze(ReduceAndKeep(Square(Sub(x, y)), ReduceMean, -1))
}
