package features

import "slices"

func Features(beat []float64) []float64 {
	slices.Sort(beat)
	median := (beat[len(beat)/2] + beat[(len(beat)-1)/2]) / 2
	return []float64{slices.Min(beat), slices.Max(beat), median}
}
