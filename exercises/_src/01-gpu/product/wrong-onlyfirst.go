package product

import . "github.com/gomlx/gomlx/core/graph"

func Values(x, first, second *Node) *Node {
	return Dot(x, first).Product()
}
