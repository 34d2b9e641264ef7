package mad

import (
	"math"
	"slices"
)

func Threshold(errs []float64, k float64) float64 {
	m := median(errs)
	distances := make([]float64, len(errs))
	for i, e := range errs {
		distances[i] = math.Abs(e - m)
	}
	return m + k*median(distances)
}

// median is the middle one of x, whose length is odd.
func median(x []float64) float64 {
	return slices.Sorted(slices.Values(x))[len(x)/2]
}
