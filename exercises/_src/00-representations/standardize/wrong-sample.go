package standardize

import "math"

func Standardize(train, x [][]float64) [][]float64 {
	result := make([][]float64, len(x))
	for i := range x {
		result[i] = make([]float64, len(x[i]))
	}
	for j := range train[0] {
		mean, variance := 0.0, 0.0
		for _, row := range train {
			mean += row[j] / float64(len(train))
		}
		for _, row := range train {
			variance += (row[j] - mean) * (row[j] - mean) / float64(len(train)-1)
		}
		std := math.Sqrt(variance)
		for i := range x {
			result[i][j] = (x[i][j] - mean) / std
		}
	}
	return result
}
