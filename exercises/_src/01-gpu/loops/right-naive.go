package loops

func Product(a, b []float32, n int) []float32 {
	var c []float32
	for i := range n {
		for j := range n {
			sum := 0.0
			for k := range n {
				sum += float64(a[i*n+k]) * float64(b[k*n+j])
			}
			c = append(c, float32(sum))
		}
	}
	return c
}
