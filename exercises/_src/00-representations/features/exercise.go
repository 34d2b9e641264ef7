// Package features is an exercise of the lesson "Representations".
//
// The classical representation of a heartbeat is a few numbers that a person thought of. Each of them is a feature.
// Edit this file as you like, but keep the signature of Features. Then run: aetutor check features
package features

import "slices"

// Features returns the minimum, the maximum and the median of a beat. The median is the value in the middle when all
// are sorted; of an even number of samples it is the mean of the two in the middle. The beat itself stays as it is.
//
//	beat:   [samples] in mV, at least 1
//	return: [3]
func Features(beat []float64) []float64 {
	median := 0.0
	// TODO: compute the median.
	return []float64{slices.Min(beat), slices.Max(beat), median}
}
