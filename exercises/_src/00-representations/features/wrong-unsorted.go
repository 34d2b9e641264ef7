package features

import "slices"

func Features(beat []float64) []float64 {
	median := beat[len(beat)/2]
	if len(beat)%2 == 0 {
		median = (beat[len(beat)/2-1] + median) / 2
	}
	return []float64{slices.Min(beat), slices.Max(beat), median}
}
