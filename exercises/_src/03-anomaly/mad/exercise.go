// Package mad is an exercise of the lesson "Anomaly detection".
//
// Medians hardly notice a few anomalies among the examples. So MAD is for calibration data that nobody has cleaned.
// Edit this file as you like, but keep the signature of Threshold. Then run: aetutor check mad
package mad

import "slices"

// Threshold returns median + k · 1.4826 · MAD. MAD is the median of the distances |e − median| of the errors.
//
//	errs:   [n], n is odd
//	k:      above 0
func Threshold(errs []float64, k float64) float64 {
	m := median(errs)
	// TODO: add k times the MAD, times 1.4826.
	return m
}

// median is the middle one of x, whose length is odd.
func median(x []float64) float64 {
	return slices.Sorted(slices.Values(x))[len(x)/2]
}
