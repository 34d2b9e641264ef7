package mad

import (
	"math"
	"slices"
)

func Threshold(errs []float64, k float64) float64 {
	m := median(errs)
	distances := make([]float64, len(errs))
	for _, e := range errs {
		distances = append(distances, math.Abs(e-m))
	}
	return m + k*1.4826*median(distances)
}

func median(x []float64) float64 {
	return slices.Sorted(slices.Values(x))[len(x)/2]
}
