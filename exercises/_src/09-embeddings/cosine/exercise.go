// Package cosine is an exercise of the lesson "Embeddings".
//
// Two vectors are near when they point the same way. The cosine of their angle measures it, whatever their length.
// Edit this file as you like, but keep the signature of Cosine. Then run: aetutor check cosine
package cosine

import "math"

// Cosine returns cos(a, b) = a·b / (|a| · |b|).
//
//	a, b:   [numbers] two vectors, neither of length 0
//	return: from −1 to 1
func Cosine(a, b []float64) float64 {
	// TODO: divide by the length of each vector.
	return dot(a, b)
}

// dot is the product of two vectors, Σ aᵢbᵢ.
func dot(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// length is that of a vector, |v|.
func length(v []float64) float64 { return math.Sqrt(dot(v, v)) }
