package flops

// Speed adds up n multiplications and n additions for each value.
func Speed(n int, seconds float64) float64 {
	billions := 0.0
	for range n {
		billions += float64((n+n)*n) / 1e9
	}
	return billions / seconds
}
