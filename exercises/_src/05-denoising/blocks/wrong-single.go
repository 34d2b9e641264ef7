package blocks

import "slices"

func Mask(picture []float64, side, block int, hidden []bool) []float64 {
	masked := slices.Clone(picture)
	n := side / block
	for b, hide := range hidden {
		if hide {
			masked[b/n*block*side+b%n*block] = 0
		}
	}
	return masked
}
