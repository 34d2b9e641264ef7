package analogy

import "math"

func Answer(vectors map[string][]float64, a, b, c string) string {
	var sum []float64
	for i := range vectors[a] {
		sum = append(sum, vectors[a][i]-vectors[b][i]+vectors[c][i])
	}
	answer, best := "", math.Inf(-1)
	for word, v := range vectors {
		if word == b || word == c {
			continue
		}
		if near := cosine(v, sum); near > best {
			answer, best = word, near
		}
	}
	return answer
}

func cosine(a, b []float64) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += a[i] * b[i]
		aa += a[i] * a[i]
		bb += b[i] * b[i]
	}
	return ab / math.Sqrt(aa*bb)
}
