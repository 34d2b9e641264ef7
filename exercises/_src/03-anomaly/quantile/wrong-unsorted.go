package quantile

import "slices"

func Quantile(errs []float64, q float64) float64 {
	s := slices.Clone(errs)
	return s[int(q*float64(len(s)-1))]
}
