package board

import (
	"math"

	"github.com/aetutor/aetutor/tui/widget"
)

// Latest is the last value of a curve, NaN before the first.
func Latest(curve []widget.Point) float64 {
	if len(curve) == 0 {
		return math.NaN()
	}
	return curve[len(curve)-1].Y
}

// TrendSteps is how many values on either side a trend of single batches compares: they go up and down by chance.
const TrendSteps = 20

// trend compares the mean of the last values of a curve, at most most, with that of as many before them: -1 falls,
// 1 rises, 0 neither.
func trend(curve []widget.Point, most int) int {
	n := min(most, len(curve)/2)
	if n == 0 {
		return 0
	}
	var before, now float64
	for i := range n {
		now += curve[len(curve)-1-i].Y
		before += curve[len(curve)-1-n-i].Y
	}
	switch change := (now - before) / before; {
	case change < -0.001:
		return -1
	case change > 0.001:
		return 1
	}
	return 0
}

// Curve is the fact of a curve: its last value as number writes it, and whether it falls.
func Curve(label string, points []widget.Point, most int, number func(float64) string) Fact {
	f := Fact{Label: label, Number: number(Latest(points)), Bold: true}
	switch trend(points, most) {
	case -1:
		f.Unit, f.UnitTone = "▼", Bright
	case 1:
		f.Unit, f.UnitTone = "▲", Warning
	}
	return f
}
