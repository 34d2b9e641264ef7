package scores

import "slices"

// Scores puts a 1 before the features, for the bias, and adds from the end.
func Scores(x []float64, weights [][]float64) []float64 {
	ones := append([]float64{1}, x...)
	var scores []float64
	for _, w := range weights {
		sum := 0.0
		for i, v := range slices.Backward(ones) {
			sum += v * w[i]
		}
		scores = append(scores, sum)
	}
	return scores
}
