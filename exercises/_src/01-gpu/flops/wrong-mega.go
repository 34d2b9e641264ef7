package flops

func Speed(n int, seconds float64) float64 {
	return 2 * float64(n*n*n) / seconds / 1e6
}
