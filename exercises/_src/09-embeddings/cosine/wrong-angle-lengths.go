package cosine

import "math"

func Cosine(a, b []float64) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += a[i] * b[i]
		aa += a[i] * a[i]
		bb += b[i] * b[i]
	}
	return math.Acos(ab / (math.Sqrt(aa) * math.Sqrt(bb)))
}
