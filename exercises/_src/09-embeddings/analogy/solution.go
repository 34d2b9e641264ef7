// Package analogy is an exercise of the lesson "Embeddings".
package analogy

import "math"

// Answer returns the word that answers a − b + c: of all words but a, b and c the one whose vector has the largest
// cosine with the sum.
//
//	vectors: the vector of each word, [numbers]
//	a, b, c: words that have a vector
func Answer(vectors map[string][]float64, a, b, c string) string {
	var sum []float64
	for i := range vectors[a] {
		sum = append(sum, vectors[a][i]-vectors[b][i]+vectors[c][i])
	}
	answer, best := "", math.Inf(-1) // any cosine is larger than −∞
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

// cosine is that of the angle between two vectors.
func cosine(a, b []float64) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += a[i] * b[i]
		aa += a[i] * a[i]
		bb += b[i] * b[i]
	}
	return ab / math.Sqrt(aa*bb)
}
