// Package features is an exercise of the lesson "Representations".
package features

import "slices"

// Features returns the minimum, the maximum and the median of a beat. The median is the value in the middle when all
// are sorted; of an even number of samples it is the mean of the two in the middle. The beat itself stays as it is.
//
//	beat:   [samples] in mV, at least 1
//	return: [3]
func Features(beat []float64) []float64 {
	sorted := slices.Sorted(slices.Values(beat))
	middle := len(sorted) / 2
	median := sorted[middle]
	if len(sorted)%2 == 0 {
		median = (sorted[middle-1] + sorted[middle]) / 2
	}
	return []float64{slices.Min(beat), slices.Max(beat), median}
}
