// Package kmeans is an exercise of the lesson "Downstream analysis".
//
// k-means sorts examples into clusters by two steps that it repeats: examples go to centres, and centres to examples.
// Edit this file as you like, but keep the signature of Step. Then run: aetutor check kmeans
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
	// TODO: move each centre to the mean of its examples.
	return nearest, moved
}

// distance is the squared distance of two points.
func distance(a, b []float64) (sum float64) {
	for i := range a {
		sum += (a[i] - b[i]) * (a[i] - b[i])
	}
	return sum
}
