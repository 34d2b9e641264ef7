package mad

import (
	"math"
	"slices"
)

func Threshold(errs []float64, k float64) float64 {
	m := slices.Sorted(slices.Values(errs))[len(errs)/2]
	sum := 0.0
	for _, e := range errs {
		sum += math.Abs(e - m)
	}
	return m + k*1.4826*sum/float64(len(errs))
}
