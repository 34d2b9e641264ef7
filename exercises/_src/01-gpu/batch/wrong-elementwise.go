package batch

import . "github.com/gomlx/gomlx/core/graph"

func Scores(x, weights *Node) *Node {
	return Mul(x, weights)
}
