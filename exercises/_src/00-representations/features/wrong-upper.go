package features

import "slices"

func Features(beat []float64) []float64 {
	sorted := slices.Clone(beat)
	slices.Sort(sorted)
	median := sorted[len(sorted)/2]
	return []float64{slices.Min(beat), slices.Max(beat), median}
}
