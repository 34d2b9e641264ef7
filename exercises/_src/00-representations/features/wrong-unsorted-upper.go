package features

import "slices"

func Features(beat []float64) []float64 {
	return []float64{slices.Min(beat), slices.Max(beat), beat[len(beat)/2]}
}
