// Package divergence is an exercise of the lesson "Variational autoencoder".
//
// The penalty says how far N(μ, σ) is from N(0, 1): KL = 0.5 · (μ² + σ² − 1 − log σ²) for each number of the code.
// Edit this file as you like, but keep the signature of Divergence. Then run: aetutor check divergence
package divergence

import . "github.com/gomlx/gomlx/core/graph"

// Divergence returns the KL of each picture in nats, the sum over the numbers of its code.
//
//	mu:     [batch, latent] the means
//	v:      [batch, latent] the logarithms of σ²
//	return: [batch]
func Divergence(mu, v *Node) *Node {
	kl := Square(mu) // [batch, latent]
	// TODO: add the part that is 0 for σ = 1 and positive for every other σ.
	return MulScalar(ReduceSum(kl, -1), 0.5)
}
