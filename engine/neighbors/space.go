package neighbors

import (
	"fmt"
	"math"
)

// A search compares points. Under L2 an example is its own point; under cosine its point is its direction, the example
// over its norm. Since ‖a/‖a‖ − b/‖b‖‖² = 2 − 2·cos(a, b), both metrics order by the square distance of points.

// maxValue bounds the values of examples, so that no square distance leaves the range of float32, in up to maxWidth
// values.
const (
	maxValue = 1e15
	maxWidth = 1 << 20
)

// check says what keeps values from being examples, or nil. what names an example in the error.
func (m Metric) check(what string, values []float32, width int) error {
	if len(values)%width != 0 {
		return fmt.Errorf("%d values are not a whole number of examples of %d", len(values), width)
	}
	for i := 0; i < len(values); i += width {
		zero := true
		for j, x := range values[i : i+width] {
			if !(x >= -maxValue && x <= maxValue) {
				return fmt.Errorf("value %d of %s %d is %v; values must be numbers from %g to %g",
					j, what, i/width, x, -maxValue, maxValue)
			}
			zero = zero && x == 0
		}
		if zero && m == Cosine {
			return fmt.Errorf("%s %d has zeros only and so no direction, which cosine compares; leave it out or take %s",
				what, i/width, L2)
		}
	}
	return nil
}

// scale is the factor that makes an example a point.
func (m Metric) scale(example []float32) float64 {
	if m == L2 {
		return 1
	}
	sum := 0.0
	for _, x := range example {
		sum += float64(x) * float64(x)
	}
	return 1 / math.Sqrt(sum)
}

// distance is the distance of two points whose square distance is given.
func (m Metric) distance(square float64) float64 {
	if m == L2 {
		return math.Sqrt(square)
	}
	return square / 2
}

// squareDistance is the square distance of a point and of the point example·scale. Two equal examples have equal
// points, so their distance is 0.
func squareDistance(p []float64, example []float32, scale float64) float64 {
	p = p[:len(example)]
	var even, odd float64 // two sums, so that an addition does not wait for the one before it
	i := 0
	for ; i+1 < len(example); i += 2 {
		a, b := p[i]-float64(example[i])*scale, p[i+1]-float64(example[i+1])*scale
		even += a * a
		odd += b * b
	}
	if i < len(example) {
		a := p[i] - float64(example[i])*scale
		even += a * a
	}
	return even + odd
}
