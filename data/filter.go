package data

import "math"

// biquad is a filter with two delays: y[i] = b₀x[i] + b₁x[i−1] + b₂x[i−2] − a₁y[i−1] − a₂y[i−2].
type biquad struct{ b0, b1, b2, a1, a2 float64 }

// bandPass is the Butterworth band-pass of first order between two frequencies, made by the bilinear transform with
// both edges prewarped: H(s) = Bs / (s² + Bs + W²), s = (1 − z⁻¹) / (1 + z⁻¹), B = w₂ − w₁, W² = w₁w₂, w = tan(πf/rate)
// (A. V. Oppenheim and R. W. Schafer, "Discrete-Time Signal Processing", chapter 7).
func bandPass(low, high, rate float64) biquad {
	w1, w2 := math.Tan(math.Pi*low/rate), math.Tan(math.Pi*high/rate)
	b, w := w2-w1, w1*w2
	a0 := 1 + b + w
	return biquad{b0: b / a0, b2: -b / a0, a1: 2 * (w - 1) / a0, a2: (1 - b + w) / a0}
}

// apply filters x in place, once forwards and once backwards, so that nothing is delayed. Before x and after it the
// filter sees what it would of the first and of the last value for ever.
func (f biquad) apply(x []float64) {
	f.pass(x, func(i int) int { return i })
	f.pass(x, func(i int) int { return len(x) - 1 - i })
}

// pass filters x in place in the order of at. A band-pass answers a constant with zero, so it starts as if it had seen
// the first value for ever.
func (f biquad) pass(x []float64, at func(i int) int) {
	if len(x) == 0 {
		return
	}
	x1, y1, y2 := x[at(0)], 0.0, 0.0
	x2 := x1
	for i := range x {
		j := at(i)
		x0 := x[j]
		y0 := f.b0*x0 + f.b1*x1 + f.b2*x2 - f.a1*y1 - f.a2*y2
		x[j] = y0
		x2, x1, y2, y1 = x1, x0, y1, y0
	}
}

// movingMean is the mean of the window of an odd number of values around each; at the ends, of those that are there.
func movingMean(x []float64, window int) []float64 {
	half := window / 2
	sums := make([]float64, len(x)+1)
	for i, v := range x {
		sums[i+1] = sums[i] + v
	}
	means := make([]float64, len(x))
	for i := range x {
		from, to := max(i-half, 0), min(i+half+1, len(x))
		means[i] = (sums[to] - sums[from]) / float64(to-from)
	}
	return means
}
