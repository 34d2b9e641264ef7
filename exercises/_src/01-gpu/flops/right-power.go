package flops

import "math"

func Speed(n int, seconds float64) float64 {
	return 1e-9 / seconds * math.Pow(float64(n), 3) * 2
}
