package features

import "slices"

func Features(beat []float64) []float64 {
	median := 0.0
	for _, x := range beat {
		median += x / float64(len(beat))
	}
	return []float64{slices.Min(beat), slices.Max(beat), median}
}
