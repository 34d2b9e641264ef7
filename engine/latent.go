package engine

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
)

// errPlain is what the methods for distributions of codes say of a plain autoencoder.
var errPlain = errors.New("the model is a plain autoencoder, whose codes have no distribution; train a variational one")

// Posterior is the normal distribution of the code of each example: its mean and its standard deviation, dimension by
// dimension. It is for variational autoencoders. x: [n, width] → both [n, latent].
func (m *Model) Posterior(ctx context.Context, x []float32) (mean, deviation []float32, err error) {
	if m.posterior == nil {
		return nil, nil, errPlain
	}
	latent := m.architecture.Latent()
	both, err := m.run(ctx, "encoding", m.posterior, 2*latent, m.architecture.Width(), x)
	if err != nil {
		return nil, nil, err
	}
	for row := range slices.Chunk(both, 2*latent) {
		mean, deviation = append(mean, row[:latent]...), append(deviation, row[latent:]...)
	}
	return mean, deviation, nil
}

// Sample decodes n draws from N(0, 1), the distribution that a variational autoencoder's codes are trained to have, so
// the results look like new examples. The same seed draws the same codes. → [n, width].
func (m *Model) Sample(ctx context.Context, n int, seed int64) ([]float32, error) {
	if m.posterior == nil {
		return nil, errPlain
	}
	if n < 1 || n > maxSamples {
		return nil, fmt.Errorf("%d samples; take from 1 to %d", n, maxSamples)
	}
	random := rand.New(rand.NewPCG(uint64(seed), sampleStream))
	z := make([]float32, n*m.architecture.Latent())
	for i := range z {
		z[i] = float32(random.NormFloat64())
	}
	return m.Decode(ctx, z)
}

// maxSamples bounds what Sample and Interpolate make at a time.
const maxSamples = 100_000

// Interpolate returns steps codes on the straight line from one code to another, both ends among them.
// from, to: [latent] → [steps, latent].
func Interpolate(from, to []float32, steps int) ([]float32, error) {
	if len(from) == 0 || len(from) != len(to) {
		return nil, fmt.Errorf("a line between codes of %d and %d values; both need the same number, at least 1", len(from),
			len(to))
	}
	if steps < 2 || steps > maxSamples {
		return nil, fmt.Errorf("%d steps on a line between two codes; take from 2 to %d", steps, maxSamples)
	}
	path := make([]float32, 0, steps*len(from))
	for step := range steps {
		part := float32(step) / float32(steps-1)
		for i := range from {
			// This form gives both ends exactly.
			path = append(path, (1-part)*from[i]+part*to[i])
		}
	}
	return path, nil
}
