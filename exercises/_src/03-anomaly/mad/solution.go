// Package mad is an exercise of the lesson "Anomaly detection".
package mad

import (
	"math"
	"slices"
)

// Threshold returns median + k · 1.4826 · MAD. MAD is the median of the distances |e − median| of the errors.
//
//	errs:   [n], n is odd
//	k:      above 0
func Threshold(errs []float64, k float64) float64 {
	m := median(errs)
	distances := make([]float64, len(errs))
	for i, e := range errs {
		distances[i] = math.Abs(e - m)
	}
	return m + k*1.4826*median(distances)
}

// median is the middle one of x, whose length is odd.
func median(x []float64) float64 {
	return slices.Sorted(slices.Values(x))[len(x)/2]
}
