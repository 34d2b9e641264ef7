// Package product is an exercise of the lesson "GPU computing".
package product

import . "github.com/gomlx/gomlx/core/graph"

// Values returns the values of two layers for a batch: x times first, and what comes out times second.
//
//	x:      [batch, in]
//	first:  [in, n]
//	second: [n, out]
//	return: [batch, out]
func Values(x, first, second *Node) *Node {
	h := Dot(x, first).Product()
	return Dot(h, second).Product()
}
