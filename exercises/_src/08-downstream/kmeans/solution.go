// Package kmeans is an exercise of the lesson "Downstream analysis".
package kmeans

// Step takes one step of k-means: each example goes to its nearest centre, then each centre moves to the mean of its
// examples. A centre without examples stays where it is. Neither codes nor centers are changed.
//
//	codes:   [examples][units]
//	centers: [k][units]
//	return:  nearest, [examples], the number of each example's centre, and moved, [k][units], the new centres
func Step(codes, centers [][]float64) (nearest []int, moved [][]float64) {
	nearest = make([]int, len(codes))
	for i, code := range codes {
		for c := range centers {
			if distance(code, centers[c]) < distance(code, centers[nearest[i]]) {
				nearest[i] = c
			}
		}
	}
	for _, center := range centers {
		moved = append(moved, append([]float64{}, center...)) // a copy
	}
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

// distance is the squared distance of two points.
func distance(a, b []float64) (sum float64) {
	for i := range a {
		sum += (a[i] - b[i]) * (a[i] - b[i])
	}
	return sum
}
