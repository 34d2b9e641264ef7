package quantile

import (
	"math"
	"slices"
)

func Quantile(errs []float64, q float64) float64 {
	sorted := slices.Sorted(slices.Values(errs))
	return sorted[int(math.Ceil(q*float64(len(sorted))))-1]
}
