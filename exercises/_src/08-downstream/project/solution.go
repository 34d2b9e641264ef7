// Package project is an exercise of the lesson "Downstream analysis".
package project

import . "github.com/gomlx/gomlx/core/graph"

// Project returns the positions of examples along some directions, (x − mean) · direction.
//
//	x:          [batch, features]
//	mean:       [1, features]          the mean of all examples
//	directions: [components, features] each of length 1
//	return:     [batch, components]
func Project(x, mean, directions *Node) *Node {
	return Einsum("nf,cf->nc", Sub(x, mean), directions)
}
