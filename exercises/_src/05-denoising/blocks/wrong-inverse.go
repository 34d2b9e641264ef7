package blocks

func Mask(picture []float64, side, block int, hidden []bool) []float64 {
	masked := make([]float64, len(picture))
	n := side / block
	for i, v := range picture {
		row, column := i/side, i%side
		if hidden[row/block*n+column/block] {
			masked[i] = v
		}
	}
	return masked
}
