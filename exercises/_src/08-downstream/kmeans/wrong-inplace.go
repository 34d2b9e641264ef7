package kmeans

func Step(codes, centers [][]float64) (nearest []int, moved [][]float64) {
	nearest = make([]int, len(codes))
	for i, code := range codes {
		for c := range centers {
			if distance(code, centers[c]) < distance(code, centers[nearest[i]]) {
				nearest[i] = c
			}
		}
	}
	moved = append(moved, centers...)
	for c := range moved {
		sum, count := make([]float64, len(moved[c])), 0
		for i, code := range codes {
			if nearest[i] == c {
				count++
				for j, v := range code {
					sum[j] += v
				}
			}
		}
		if count > 0 {
			for j := range sum {
				moved[c][j] = sum[j] / float64(count)
			}
		}
	}
	return nearest, moved
}

func distance(a, b []float64) (sum float64) {
	for i := range a {
		sum += (a[i] - b[i]) * (a[i] - b[i])
	}
	return sum
}
