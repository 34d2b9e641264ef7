package medianfilter

// Filter surrounds the picture with a border first, and lets the five largest values of each window rise to its end.
func Filter(picture []float64, side int) []float64 {
	wide := side + 2
	framed := make([]float64, wide*wide)
	for i := range framed {
		row, column := min(max(i/wide-1, 0), side-1), min(max(i%wide-1, 0), side-1)
		framed[i] = picture[row*side+column]
	}
	filtered := make([]float64, side*side)
	for i := range filtered {
		corner := i/side*wide + i%side
		var w []float64
		for row := range 3 {
			w = append(w, framed[corner+row*wide:corner+row*wide+3]...)
		}
		for sorted := range 5 {
			for j := range 8 - sorted {
				if w[j] > w[j+1] {
					w[j], w[j+1] = w[j+1], w[j]
				}
			}
		}
		filtered[i] = w[4]
	}
	return filtered
}
