package hide

func Hide(x []float64, hidden []bool, side, block int) (seen, m []float64) {
	seen, m = make([]float64, len(x)), make([]float64, len(x))
	for i, v := range x {
		b := i / (block * block)
		if hidden[b] {
			m[i] = 1
		} else {
			seen[i] = v
		}
	}
	return seen, m
}
