// Package loss is an exercise of the lesson "Autoencoder step by step".
package loss

import . "github.com/gomlx/gomlx/core/graph"

// Loss returns the mean of (x − reconstruction)² over all pixels of all pictures.
//
//	x:              [batch, pixels]
//	reconstruction: [batch, pixels]
//	return:         [], a single number
func Loss(x, reconstruction *Node) *Node {
	return ReduceAllMean(Square(Sub(x, reconstruction)))
}
