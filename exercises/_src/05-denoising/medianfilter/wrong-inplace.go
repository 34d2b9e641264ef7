package medianfilter

import "slices"

func Filter(picture []float64, side int) []float64 {
	for i := range picture {
		window := around(picture, side, i/side, i%side)
		slices.Sort(window)
		picture[i] = window[4]
	}
	return picture
}

func around(picture []float64, side, row, column int) []float64 {
	var window []float64
	for r := row - 1; r <= row+1; r++ {
		for c := column - 1; c <= column+1; c++ {
			window = append(window, picture[min(max(r, 0), side-1)*side+min(max(c, 0), side-1)])
		}
	}
	return window
}
