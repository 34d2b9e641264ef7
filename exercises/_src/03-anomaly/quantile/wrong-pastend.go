package quantile

import "slices"

func Quantile(errs []float64, q float64) float64 {
	s := slices.Sorted(slices.Values(errs))
	return s[int(q*float64(len(s)))]
}
