// Package target is an exercise of the lesson "Denoising".
//
// A plain autoencoder and a denoising one have the same layers. What goes in and what should come out differs.
// Edit this file as you like, but keep the signature of Loss. Then run: aetutor check target
package target

import . "github.com/gomlx/gomlx/core/graph"

// Loss returns the loss of a denoising autoencoder, the mean squared error of its answer.
//
//	net:    the network; it takes pictures [batch, pixels] and answers with pictures [batch, pixels]
//	x:      [batch, pixels] clean pictures
//	n:      [batch, pixels] the same pictures with noise
//	return: [], a single number
func Loss(net func(pictures *Node) *Node, x, n *Node) *Node {
	// TODO: this is the loss of a plain autoencoder; make it that of a denoising one.
	y := net(x)
	return ReduceAllMean(Square(Sub(x, y)))
}
