package loops

func Product(a, b []float32, n int) []float32 {
	c := make([]float32, n*n)
	for i := range n {
		for k := range n {
			for j := range n {
				c[i*n+j] = a[i*n+k] * b[k*n+j]
			}
		}
	}
	return c
}
