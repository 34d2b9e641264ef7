package quantile

import "slices"

func Quantile(errs []float64, q float64) float64 {
	slices.Sort(errs)
	return errs[int(q*float64(len(errs)-1))]
}
