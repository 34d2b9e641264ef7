package project

import . "github.com/gomlx/gomlx/core/graph"

func Project(x, mean, directions *Node) *Node {
	return Sub(MatMul(x, Transpose(directions, 0, 1)), MatMul(mean, Transpose(directions, 0, 1)))
}
