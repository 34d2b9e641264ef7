// Package project is an exercise of the lesson "Downstream analysis".
//
// PCA finds the directions in which the data vary most. A place on the map is a position along the first two.
// Edit this file as you like, but keep the signature of Project. Then run: aetutor check project
package project

import . "github.com/gomlx/gomlx/core/graph"

// Project returns the positions of examples along some directions, (x − mean) · direction.
//
//	x:          [batch, features]
//	mean:       [1, features]          the mean of all examples
//	directions: [components, features] each of length 1
//	return:     [batch, components]
func Project(x, mean, directions *Node) *Node {
	// TODO: measure from the mean of the data, not from 0.
	return Einsum("nf,cf->nc", x, directions)
}
