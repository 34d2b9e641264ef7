// Package standardize is an exercise of the lesson "Representations".
package standardize

import "math"

// Standardize takes from each feature of x its mean, and divides by its standard deviation. Both are measured on other
// examples, those to train on. The standard deviation is the root of the variance, and is above 0 here.
//
//	train:  [examples][features]
//	x:      [n][features]
//	return: [n][features]
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
			variance += (row[j] - mean) * (row[j] - mean) / float64(len(train))
		}
		std := math.Sqrt(variance)
		for i := range x {
			result[i][j] = (x[i][j] - mean) / std
		}
	}
	return result
}
