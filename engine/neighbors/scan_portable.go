//go:build !(goexperiment.simd && amd64)

package neighbors

// above is the first column from a column on whose score, products[i] − halves[i], is above the threshold, or the
// number of columns where none is.
func above(products, halves []float32, column int, threshold float32) int {
	return firstAbove(products, halves, column, threshold)
}
