// Package standardize is an exercise of the lesson "Representations".
//
// Features have different units. Standardized all have mean 0 and standard deviation 1, so none counts more.
// Edit this file as you like, but keep the signature of Standardize. Then run: aetutor check standardize
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
		// TODO: measure the mean, and the variance, the mean of (value − mean)², of the feature j on train.
		std := math.Sqrt(variance)
		for i := range x {
			result[i][j] = (x[i][j] - mean) / std
		}
	}
	return result
}
