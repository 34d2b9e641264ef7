// Package target is an exercise of the lesson "Denoising".
package target

import . "github.com/gomlx/gomlx/core/graph"

// Loss returns the loss of a denoising autoencoder, the mean squared error of its answer.
//
//	net:    the network; it takes pictures [batch, pixels] and answers with pictures [batch, pixels]
//	x:      [batch, pixels] clean pictures
//	n:      [batch, pixels] the same pictures with noise
//	return: [], a single number
func Loss(net func(pictures *Node) *Node, x, n *Node) *Node {
	y := net(n)
	return ReduceAllMean(Square(Sub(x, y)))
}
