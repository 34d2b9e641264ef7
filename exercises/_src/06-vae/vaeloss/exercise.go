// Package vaeloss is an exercise of the lesson "Variational autoencoder".
//
// The loss of a VAE has two terms, reconstruction + β · KL. β says how much a nat of KL counts.
// Edit this file as you like, but keep the signature of Loss. Then run: aetutor check vaeloss
package vaeloss

import . "github.com/gomlx/gomlx/core/graph"

// Loss returns the loss of a batch: the mean over its pictures of reconstruction + β · KL.
//
//	x:      [batch, pixels] the pictures
//	l:      [batch, pixels] the output before its sigmoid
//	mu, v:  [batch, latent] the means and the logarithms of σ²
//	beta:   the weight β of KL
//	return: [], a single number
func Loss(x, l, mu, v *Node, beta float64) *Node {
	// TODO: this is the reconstruction loss alone; add the penalty with its weight.
	return ReduceAllMean(crossEntropy(x, l))
}

// crossEntropy returns the reconstruction loss of each picture, summed over its pixels.
//
//	x, l:   [batch, pixels]
//	return: [batch]
func crossEntropy(x, l *Node) *Node {
	t := Sub(MaxScalar(l, 0), Mul(l, x))
	t = Add(t, Log1P(Exp(Neg(Abs(l)))))
	return ReduceSum(t, -1)
}

// divergence returns the KL of each picture, summed over the numbers of its code.
//
//	mu, v:  [batch, latent]
//	return: [batch]
func divergence(mu, v *Node) *Node {
	t := Add(Square(mu), Exp(v))
	t = Sub(AddScalar(t, -1), v)
	return MulScalar(ReduceSum(t, -1), 0.5)
}
