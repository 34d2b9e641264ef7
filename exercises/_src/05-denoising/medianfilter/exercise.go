// Package medianfilter is an exercise of the lesson "Denoising".
//
// A median filter makes of each pixel the median of the 3 × 3 around it, so that one wild value among nine does no harm.
// Edit this file as you like, but keep the signature of Filter. Then run: aetutor check medianfilter
package medianfilter

import "slices"

// Filter returns the filtered picture. The given picture stays as it is.
//
//	picture: [side · side] row by row from the top
//	side:    the pixels in a row
//	return:  [side · side]
func Filter(picture []float64, side int) []float64 {
	filtered := make([]float64, len(picture))
	for i := range picture {
		window := around(picture, side, i/side, i%side) // [9]
		// TODO: this is the largest value of the window; take its median.
		filtered[i] = slices.Max(window)
	}
	return filtered
}

// around returns the pixel in a row and a column with its neighbours, row by row. Beyond the border the nearest
// pixel counts on.
//
//	return: [9]
func around(picture []float64, side, row, column int) []float64 {
	var window []float64
	for r := row - 1; r <= row+1; r++ {
		for c := column - 1; c <= column+1; c++ {
			window = append(window, picture[min(max(r, 0), side-1)*side+min(max(c, 0), side-1)])
		}
	}
	return window
}
