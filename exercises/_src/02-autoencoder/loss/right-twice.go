package loss

import . "github.com/gomlx/gomlx/core/graph"

func Loss(x, reconstruction *Node) *Node {
	perPicture := ReduceMean(Square(Sub(x, reconstruction)), -1)
	return ReduceMean(perPicture)
}
