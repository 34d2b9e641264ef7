package cosine

import "math"

// Cosine scales both vectors to length 1 before it multiplies them.
func Cosine(a, b []float64) float64 {
	sum := 0.0
	for i, x := range scaled(a) {
		sum += x * scaled(b)[i]
	}
	return sum
}

func scaled(v []float64) []float64 {
	length := 0.0
	for _, x := range v {
		length = math.Hypot(length, x)
	}
	var all []float64
	for _, x := range v {
		all = append(all, x/length)
	}
	return all
}
