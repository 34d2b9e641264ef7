// Package loss is an exercise of the lesson "Autoencoder step by step".
//
// Training makes one number small, the loss. Here it is the mean squared error between pictures and what was drawn.
// Edit this file as you like, but keep the signature of Loss. Then run: aetutor check loss
package loss

import . "github.com/gomlx/gomlx/core/graph"

// Loss returns the mean of (x − reconstruction)² over all pixels of all pictures.
//
//	x:              [batch, pixels]
//	reconstruction: [batch, pixels]
//	return:         [], a single number
func Loss(x, reconstruction *Node) *Node {
	// TODO: square the difference, pixel by pixel, before the mean is taken.
	return ReduceAllMean(Sub(x, reconstruction))
}
