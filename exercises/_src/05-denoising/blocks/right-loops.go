package blocks

import "slices"

// Mask clears the hidden blocks of a copy, row by row of each.
func Mask(picture []float64, side, block int, hidden []bool) []float64 {
	masked := slices.Clone(picture)
	b := 0
	for top := 0; top < side; top += block {
		for left := 0; left < side; left += block {
			if hidden[b] {
				for row := top; row < top+block; row++ {
					clear(masked[row*side+left : row*side+left+block])
				}
			}
			b++
		}
	}
	return masked
}
