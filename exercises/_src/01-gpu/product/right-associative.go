package product

import . "github.com/gomlx/gomlx/core/graph"

// Values multiplies the matrices first, since products may be grouped as one likes.
func Values(x, first, second *Node) *Node {
	return Dot(x, Dot(first, second).Product()).Product()
}
