package reconstruction

import . "github.com/gomlx/gomlx/core/graph"

func Errors(x, y *Node) *Node {
	return Sqrt(ReduceMean(Square(Sub(x, y)), -1))
}
