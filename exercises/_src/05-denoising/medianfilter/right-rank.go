package medianfilter

// Filter looks for the value of each window that at most four are below and at most four above.
func Filter(picture []float64, side int) []float64 {
	clamp := func(i int) int { return max(0, min(i, side-1)) }
	var filtered []float64
	for row := range side {
		for column := range side {
			var window [9]float64
			for i := range window {
				window[i] = picture[clamp(row+i/3-1)*side+clamp(column+i%3-1)]
			}
			for _, v := range window {
				below, above := 0, 0
				for _, other := range window {
					if other < v {
						below++
					} else if other > v {
						above++
					}
				}
				if below <= 4 && above <= 4 {
					filtered = append(filtered, v)
					break
				}
			}
		}
	}
	return filtered
}
