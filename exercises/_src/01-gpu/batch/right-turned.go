package batch

import . "github.com/gomlx/gomlx/core/graph"

func Scores(x, weights *Node) *Node {
	return Transpose(Dot(weights, Transpose(x, 0, 1)).Product(), 0, 1)
}
