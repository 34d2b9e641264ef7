package loops

// Product cuts the matrices into blocks of 4×4, which stay in the cache.
func Product(a, b []float32, n int) []float32 {
	const size = 4
	c := make([]float32, n*n)
	for i0 := 0; i0 < n; i0 += size {
		for k0 := 0; k0 < n; k0 += size {
			for j0 := 0; j0 < n; j0 += size {
				for i := i0; i < min(i0+size, n); i++ {
					for k := k0; k < min(k0+size, n); k++ {
						for j := j0; j < min(j0+size, n); j++ {
							c[i*n+j] += a[i*n+k] * b[k*n+j]
						}
					}
				}
			}
		}
	}
	return c
}
