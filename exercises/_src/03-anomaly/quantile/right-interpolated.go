package quantile

import "slices"

func Quantile(errs []float64, q float64) float64 {
	s := slices.Sorted(slices.Values(errs))
	at := q * float64(len(s)-1)
	low := int(at)
	high := min(low+1, len(s)-1)
	return s[low] + (at-float64(low))*(s[high]-s[low])
}
