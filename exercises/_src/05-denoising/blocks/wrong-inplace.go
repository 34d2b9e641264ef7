package blocks

func Mask(picture []float64, side, block int, hidden []bool) []float64 {
	n := side / block
	for i := range picture {
		row, column := i/side, i%side
		if hidden[row/block*n+column/block] {
			picture[i] = 0
		}
	}
	return picture
}
