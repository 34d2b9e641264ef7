package scores

func Scores(x []float64, weights [][]float64) []float64 {
	scores := make([]float64, len(weights))
	for class, w := range weights {
		for i, v := range x {
			scores[class] += v * w[i+1]
		}
	}
	return scores
}
