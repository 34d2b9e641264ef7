package scores

func Scores(x []float64, weights [][]float64) []float64 {
	scores := make([]float64, len(weights))
	for class, w := range weights {
		scores[class] = w[0]
		for i, v := range x {
			scores[class] += v * w[i]
		}
	}
	return scores
}
