package features

import "math"

// Features counts, for each sample, how many lie below it.
func Features(beat []float64) []float64 {
	low, high := math.Inf(1), math.Inf(-1)
	at := make([]float64, len(beat))
	for i, x := range beat {
		low, high = min(low, x), max(high, x)
		below := 0
		for j, y := range beat {
			if y < x || y == x && j < i {
				below++
			}
		}
		at[below] = x
	}
	return []float64{low, high, (at[len(at)/2] + at[(len(at)-1)/2]) / 2}
}
