package features

import "sort"

func Features(beat []float64) []float64 {
	s := append([]float64(nil), beat...)
	sort.Float64s(s)
	n := len(s)
	return []float64{s[0], s[n-1], s[n/2]*0.5 + s[(n-1)/2]*0.5}
}
