package quantile

import "slices"

func Quantile(errs []float64, q float64) float64 {
	low, high := slices.Min(errs), slices.Max(errs)
	return low + q*(high-low)
}
