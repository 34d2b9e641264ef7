package analogy

import "math"

func Answer(vectors map[string][]float64, a, b, c string) string {
	var sum []float64
	for i := range vectors[a] {
		sum = append(sum, vectors[a][i]/length(vectors[a])-vectors[b][i]/length(vectors[b])+vectors[c][i]/length(vectors[c]))
	}
	answer, best := "", math.Inf(-1)
	for word, v := range vectors {
		if word == a || word == b || word == c {
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

func length(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x * x
	}
	return math.Sqrt(sum)
}
