package judge

import (
	"math/rand/v2"

	"github.com/aetutor/aetutor/data"
)

// normal draws n numbers from N(0, 1).
func normal[T float32 | float64](rng *rand.Rand, n int) []T {
	all := make([]T, n)
	for i := range all {
		all[i] = T(rng.NormFloat64())
	}
	return all
}

// uniform draws n numbers from 0 to 1.
func uniform[T float32 | float64](rng *rand.Rand, n int) []T {
	all := make([]T, n)
	for i := range all {
		all[i] = T(rng.Float64())
	}
	return all
}

// rows32 draws n examples of a dataset, with replacement. A row has set.Width() values.
func rows32(rng *rand.Rand, set *data.Dataset, n int) [][]float32 {
	all := make([][]float32, n)
	for i := range all {
		all[i] = make([]float32, set.Width())
		set.Row(all[i], rng.IntN(set.Len()))
	}
	return all
}
