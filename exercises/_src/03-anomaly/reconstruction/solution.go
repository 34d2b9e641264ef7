// Package reconstruction is an exercise of the lesson "Anomaly detection".
package reconstruction

import . "github.com/gomlx/gomlx/core/graph"

// Errors returns the reconstruction error of each example, the mean of (x − y)² over its own pixels.
//
//	x:      [batch, pixels]
//	y:      [batch, pixels], the reconstructions
//	return: [batch]
func Errors(x, y *Node) *Node {
	return ReduceMean(Square(Sub(x, y)), -1)
}
