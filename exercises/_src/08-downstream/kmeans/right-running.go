package kmeans

import (
	"math"
	"slices"
)

// Step moves each centre while the examples come in: the mean of n is that of n−1, moved by 1/n of the way to the last.
// Distances are compared without |z|², which is the same for all centres.
func Step(codes, centers [][]float64) ([]int, [][]float64) {
	nearest, counts := make([]int, len(codes)), make([]float64, len(centers))
	moved := make([][]float64, len(centers))
	for c := range centers {
		moved[c] = slices.Clone(centers[c])
	}
	for i, code := range codes {
		best := math.Inf(1)
		for c, center := range centers {
			d := 0.0
			for j := range code {
				d += center[j] * (center[j] - 2*code[j])
			}
			if d < best {
				best, nearest[i] = d, c
			}
		}
		c := nearest[i]
		counts[c]++
		for j, v := range code {
			moved[c][j] += (v - moved[c][j]) / counts[c]
		}
	}
	return nearest, moved
}
