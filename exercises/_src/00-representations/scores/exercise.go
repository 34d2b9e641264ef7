// Package scores is an exercise of the lesson "Representations".
//
// A linear classifier gives each class a score: a weight for each feature times that feature, all added up, and a bias.
// Edit this file as you like, but keep the signature of Scores. Then run: aetutor check scores
package scores

// Scores returns the score of each class for one example, y = w₀ + Σ xᵢwᵢ.
//
//	x:       [features]              the feature vector
//	weights: [classes][features + 1] for each class first the bias w₀, then w₁, w₂, … for each feature
//	return:  [classes]
func Scores(x []float64, weights [][]float64) []float64 {
	scores := make([]float64, len(weights))
	for class, w := range weights {
		// TODO: add the features, each times its weight, to the bias.
		scores[class] = w[0]
	}
	return scores
}
