// Package divergence is an exercise of the lesson "Variational autoencoder".
package divergence

import . "github.com/gomlx/gomlx/core/graph"

// Divergence returns the KL of each picture in nats, the sum over the numbers of its code.
//
//	mu:     [batch, latent] the means
//	v:      [batch, latent] the logarithms of σ²
//	return: [batch]
func Divergence(mu, v *Node) *Node {
	kl := Square(mu) // [batch, latent]
	kl = Add(kl, Sub(AddScalar(Exp(v), -1), v))
	return MulScalar(ReduceSum(kl, -1), 0.5)
}
