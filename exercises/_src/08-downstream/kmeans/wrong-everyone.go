package kmeans

import "math"

func Step(codes, centers [][]float64) (nearest []int, moved [][]float64) {
	nearest = make([]int, len(codes))
	counts := make([]float64, len(centers))
	for _, center := range centers {
		moved = append(moved, make([]float64, len(center)))
	}
	for i, code := range codes {
		best := math.Inf(1)
		for c, center := range centers {
			d := 0.0
			for j := range code {
				d += (code[j] - center[j]) * (code[j] - center[j])
			}
			if d < best {
				best, nearest[i] = d, c
			}
		}
		counts[nearest[i]]++
		for j, v := range code {
			moved[nearest[i]][j] += v
		}
	}
	for c := range moved {
		if counts[c] == 0 {
			copy(moved[c], centers[c])
			continue
		}
		for j := range moved[c] {
			moved[c][j] /= float64(len(codes))
		}
	}
	return nearest, moved
}
