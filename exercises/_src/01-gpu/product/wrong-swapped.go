package product

import . "github.com/gomlx/gomlx/core/graph"

func Values(x, first, second *Node) *Node {
	h := Dot(x, first).Product()
	return Dot(second, h).Product()
}
