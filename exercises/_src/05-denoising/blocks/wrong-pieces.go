package blocks

func Mask(picture []float64, side, block int, hidden []bool) []float64 {
	masked := make([]float64, len(picture))
	for i, v := range picture {
		if !hidden[i/(block*block)] {
			masked[i] = v
		}
	}
	return masked
}
