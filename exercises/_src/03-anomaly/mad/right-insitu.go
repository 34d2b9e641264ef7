package mad

import "sort"

// Threshold works on one copy, and squares the distances in place of their absolute values.
func Threshold(errs []float64, k float64) float64 {
	x := append([]float64{}, errs...)
	sort.Float64s(x)
	middle := x[(len(x)-1)/2]
	sort.Slice(x, func(i, j int) bool { return (x[i]-middle)*(x[i]-middle) < (x[j]-middle)*(x[j]-middle) })
	mad := x[len(x)/2] - middle
	if mad < 0 {
		mad = -mad
	}
	const toDeviation = 1 / 0.6744897501960817
	return middle + mad*toDeviation*k
}
