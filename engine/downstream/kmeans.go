package downstream

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/aetutor/aetutor/engine/turn"
)

// KMeansConfig says how to cluster.
type KMeansConfig struct {
	K        int       // clusters, from 1 to the number of examples and at most 1000
	Restarts int       // initialisations of which the best result is kept, from 1 to 100; 10 is usual
	Seed     int64     // decides the initial centres
	Core     turn.Core // of a machine that others share
}

const (
	maxClusters = 1000
	maxRestarts = 100
	maxSteps    = 300
	tolerance   = 1e-4
)

// Clustering is a partition of examples into clusters.
type Clustering struct {
	Labels  []int     // [n], the cluster of each example, from 0
	Centers []float32 // [k, width], the centre of each cluster
	Inertia float64   // the sum of the squared distances of all examples to their centres
	Steps   int       // how often the centres moved
}

// KMeans clusters x, [n, width], by Lloyd's algorithm (1982) from the centres of k-means++ (Arthur and Vassilvitskii
// 2007), Restarts times, and returns the result of the lowest inertia. Of centres at the same distance an example takes
// the first. The centres have settled when the sum of the squares of their last moves is at most 0.0001 times the mean
// variance of the values, scikit-learn's default; 300 steps are the most.
//
// A cluster that loses all examples starts again at the example that is farthest from its centre. Clusters stay empty
// where there are fewer than K different examples; the extra centres then lie on others.
func KMeans(ctx context.Context, x []float32, width int, c KMeansConfig) (*Clustering, error) {
	n, err := countRows(x, width)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, errors.New("no examples to cluster; at least one is needed")
	}
	if limit := min(n, maxClusters); c.K < 1 || c.K > limit {
		return nil, fmt.Errorf("k is %d, the set has %d examples; take from 1 to %d clusters", c.K, n, limit)
	}
	if c.Restarts < 1 || c.Restarts > maxRestarts {
		return nil, fmt.Errorf("%d restarts; take from 1 to %d", c.Restarts, maxRestarts)
	}
	variance, err := meanVariance(ctx, c.Core, x, width)
	if err != nil {
		return nil, err
	}
	var best *Clustering
	for restart := range c.Restarts {
		// A restart's stream is its number, so that asking for more does not change the first.
		centers, err := initialCenters(ctx, c.Core, x, width, c.K, rand.New(rand.NewPCG(uint64(c.Seed), uint64(restart))))
		if err != nil {
			return nil, err
		}
		found, err := lloyd(ctx, c.Core, x, width, centers, tolerance*variance)
		if err != nil {
			return nil, err
		}
		if best == nil || found.Inertia < best.Inertia {
			best = found
		}
	}
	return best, nil
}

// initialCenters draws k examples of x as centres, [k, width]: the first uniformly, each next with a probability
// proportional to the square of its distance to the nearest centre before (k-means++). Once every example lies on a
// centre, the first is taken again.
func initialCenters(
	ctx context.Context, core turn.Core, x []float32, width, k int, random *rand.Rand,
) ([]float64, error) {
	n := len(x) / width
	centers := make([]float64, 0, k*width)
	nearest := make([]float64, n) // the squared distance to the nearest centre
	for i := range nearest {
		nearest[i] = math.Inf(1)
	}
	next := random.IntN(n)
	for {
		from := len(centers)
		for _, v := range x[next*width : (next+1)*width] {
			centers = append(centers, float64(v))
		}
		if len(centers) == k*width {
			return centers, nil
		}
		center, totals := centers[from:], newPerPart(1)
		err := eachBlock(ctx, core, n, func(part, from, to int) {
			for i := from; i < to; i++ {
				nearest[i] = min(nearest[i], squaredDistance(x[i*width:(i+1)*width], center))
				totals[part][0] += nearest[i]
			}
		})
		if err != nil {
			return nil, err
		}
		next = draw(nearest, totals.sum()[0], random)
	}
}

// draw is an index with a probability proportional to its weight, or 0 when the weights' total is.
func draw(weights []float64, total float64, random *rand.Rand) int {
	at, last := random.Float64()*total, 0
	for i, w := range weights {
		if w == 0 {
			continue
		}
		if at < w {
			return i
		}
		at -= w
		last = i
	}
	return last // The total was rounded up.
}

// squaredDistance is Σ (aᵢ − bᵢ)².
func squaredDistance(a []float32, b []float64) float64 {
	sum := 0.0
	b = b[:len(a)]
	for i, v := range a {
		d := float64(v) - b[i]
		sum += d * d
	}
	return sum
}
