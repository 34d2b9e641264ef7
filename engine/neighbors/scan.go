package neighbors

// firstAbove is above without vector instructions, from column on.
func firstAbove(products, halves []float32, column int, threshold float32) int {
	halves = halves[:len(products)]
	for ; column < len(products); column++ {
		if products[column]-halves[column] > threshold {
			return column
		}
	}
	return len(products)
}
