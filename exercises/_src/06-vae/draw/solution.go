// Package draw is an exercise of the lesson "Variational autoencoder".
package draw

import . "github.com/gomlx/gomlx/core/graph"

// Draw returns the code z = μ + σ · ε of each picture, where v = log σ².
//
//	mu:     [batch, latent] the means
//	v:      [batch, latent] the logarithms of σ²
//	eps:    [batch, latent] draws from N(0, 1)
//	return: [batch, latent]
func Draw(mu, v, eps *Node) *Node {
	sigma := Exp(MulScalar(v, 0.5))
	return Add(mu, Mul(sigma, eps))
}
