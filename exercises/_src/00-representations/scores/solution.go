// Package scores is an exercise of the lesson "Representations".
package scores

// Scores returns the score of each class for one example, y = w₀ + Σ xᵢwᵢ.
//
//	x:       [features]              the feature vector
//	weights: [classes][features + 1] for each class first the bias w₀, then w₁, w₂, … for each feature
//	return:  [classes]
func Scores(x []float64, weights [][]float64) []float64 {
	scores := make([]float64, len(weights))
	for class, w := range weights {
		scores[class] = w[0]
		for i, v := range x {
			scores[class] += v * w[i+1]
		}
	}
	return scores
}
