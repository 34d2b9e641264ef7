package loss

import . "github.com/gomlx/gomlx/core/graph"

func Loss(x, reconstruction *Node) *Node {
	return ReduceMean(Square(Sub(x, reconstruction)), 1)
}
