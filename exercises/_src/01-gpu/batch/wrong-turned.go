package batch

import . "github.com/gomlx/gomlx/core/graph"

func Scores(x, weights *Node) *Node {
	return Dot(weights, Transpose(x, 0, 1)).Product()
}
