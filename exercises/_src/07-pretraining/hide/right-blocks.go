package hide

// Hide goes from block to block, and through the pixels of each.
func Hide(x []float64, hidden []bool, side, block int) (seen, m []float64) {
	seen, m = append(seen, x...), make([]float64, side*side)
	across := side / block
	for b, gone := range hidden {
		if !gone {
			continue
		}
		top, left := b/across*block, b%across*block
		for row := top; row < top+block; row++ {
			for column := left; column < left+block; column++ {
				seen[row*side+column] = 0
				m[row*side+column] = 1
			}
		}
	}
	return seen, m
}
