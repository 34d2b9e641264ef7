// Package analogy is an exercise of the lesson "Embeddings".
//
// king − man + woman ≈ queen: add and subtract the vectors of words, and look which word is nearest to the sum.
// Edit this file as you like, but keep the signature of Answer. Then run: aetutor check analogy
package analogy

import "math"

// Answer returns the word that answers a − b + c: of all words but a, b and c the one whose vector has the largest
// cosine with the sum.
//
//	vectors: the vector of each word, [numbers]
//	a, b, c: words that have a vector
func Answer(vectors map[string][]float64, a, b, c string) string {
	answer, best := "", math.Inf(-1) // any cosine is larger than −∞
	for word, v := range vectors {
		// TODO: compare each word with the sum of the three, and not with a; leave out the words that were asked for.
		if near := cosine(v, vectors[a]); near > best {
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
