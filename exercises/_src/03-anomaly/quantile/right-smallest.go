package quantile

import "slices"

func Quantile(errs []float64, q float64) float64 {
	s := slices.Sorted(slices.Values(errs))
	for _, t := range s {
		below := 0
		for _, e := range errs {
			if e <= t {
				below++
			}
		}
		if float64(below) >= q*float64(len(errs)) {
			return t
		}
	}
	return s[len(s)-1]
}
