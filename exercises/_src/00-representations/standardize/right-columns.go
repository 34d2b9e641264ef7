package standardize

import "math"

// Standardize measures each feature once; the variance is the mean of the squares without the square of the mean.
func Standardize(train, x [][]float64) [][]float64 {
	features, n := len(train[0]), float64(len(train))
	sums, squares := make([]float64, features), make([]float64, features)
	for _, row := range train {
		for j, v := range row {
			sums[j] += v
			squares[j] += v * v
		}
	}
	var result [][]float64
	for _, row := range x {
		var r []float64
		for j, v := range row {
			mean := sums[j] / n
			r = append(r, (v-mean)/math.Sqrt(squares[j]/n-mean*mean))
		}
		result = append(result, r)
	}
	return result
}
