package mad

import "math"

func Threshold(errs []float64, k float64) float64 {
	mean, variance := 0.0, 0.0
	for _, e := range errs {
		mean += e / float64(len(errs))
	}
	for _, e := range errs {
		variance += (e - mean) * (e - mean) / float64(len(errs))
	}
	return mean + k*math.Sqrt(variance)
}
