package features

import "slices"

func Features(beat []float64) []float64 {
	sorted := slices.Sorted(slices.Values(beat))
	n := len(sorted)
	median := (sorted[n/2-1] + sorted[n/2]) / 2
	if n%2 == 1 {
		median = sorted[n/2]
	}
	return []float64{sorted[0], sorted[n-1], median}
}
