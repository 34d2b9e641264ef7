package neighbors

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/aetutor/aetutor/engine"
)

// MeasureOverGEMM times the exact search of the 5 nearest of 60,000 references for 10,000 queries of 16 values, the
// size of MNIST in a latent space, and the matrix products of the same search in the same blocks on as many cores, with
// their results thrown away. Both are medians of 5 rounds that take turns in this process, after one round to warm up.
// The points are drawn around ten centres, as the codes of ten classes lie.
func MeasureOverGEMM(ctx context.Context, b *engine.Backend) (search, gemm time.Duration, err error) {
	return measure(ctx, b, 60_000, 10_000)
}

func measure(ctx context.Context, b *engine.Backend, references, queries int) (search, gemm time.Duration, err error) {
	const width, k, rounds = 16, 5, 5
	points := clusters(references+queries, width)
	f, err := NewFlat(ctx, b, L2, points[:references*width], width)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var searches, products []time.Duration
	for range rounds + 1 {
		start := time.Now()
		if _, err := f.Search(ctx, points[references*width:], k); err != nil {
			return 0, 0, err
		}
		searches = append(searches, time.Since(start))
		start = time.Now()
		if err := f.multiply(ctx, points[references*width:]); err != nil {
			return 0, 0, err
		}
		products = append(products, time.Since(start))
	}
	return median(searches[1:]), median(products[1:]), nil
}

// multiply computes the products of a search and nothing else.
func (f *Flat) multiply(ctx context.Context, queries []float32) error {
	t := f.searchTask(queries, 0)
	t.bare = true
	_, err := f.search(ctx, t)
	return err
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

// clusters are n points of a width around ten centres, [n, width].
func clusters(n, width int) []float32 {
	random := rand.New(rand.NewPCG(1, 1))
	centres := make([]float32, 10*width)
	for i := range centres {
		centres[i] = float32(2 * random.NormFloat64())
	}
	points := make([]float32, n*width)
	for i := range n {
		centre := random.IntN(10) * width
		for j := range width {
			points[i*width+j] = centres[centre+j] + float32(random.NormFloat64())
		}
	}
	return points
}
