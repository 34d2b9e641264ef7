// Package quantile is an exercise of the lesson "Anomaly detection".
package quantile

import "slices"

// Quantile returns the threshold that a part q of the errors stays below: when the errors are sorted, the one at the
// place q·(n − 1), rounded down. The errors themselves keep their order.
//
//	errs:   [n] of normal examples, at least 1
//	q:      from 0 to 1
//	return: one of the errors
func Quantile(errs []float64, q float64) float64 {
	s := slices.Clone(errs)
	slices.Sort(s)
	return s[int(q*float64(len(s)-1))]
}
