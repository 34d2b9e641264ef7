// Package draw is an exercise of the lesson "Variational autoencoder".
//
// A code is drawn from N(μ, σ). To let gradients pass, ε is drawn first, from N(0, 1), and then moved: z = μ + σ · ε.
// Edit this file as you like, but keep the signature of Draw. Then run: aetutor check draw
package draw

import . "github.com/gomlx/gomlx/core/graph"

// Draw returns the code z = μ + σ · ε of each picture, where v = log σ².
//
//	mu:     [batch, latent] the means
//	v:      [batch, latent] the logarithms of σ²
//	eps:    [batch, latent] draws from N(0, 1)
//	return: [batch, latent]
func Draw(mu, v, eps *Node) *Node {
	// TODO: stretch the draws by σ, which has to be made of v.
	return Add(mu, eps)
}
