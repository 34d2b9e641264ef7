// Package cosine is an exercise of the lesson "Embeddings".
package cosine

import "math"

// Cosine returns cos(a, b) = a·b / (|a| · |b|).
//
//	a, b:   [numbers] two vectors, neither of length 0
//	return: from −1 to 1
func Cosine(a, b []float64) float64 {
	return dot(a, b) / (length(a) * length(b))
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
