package race

import (
	"math"
	"slices"
	"testing"
)

// points are those of the loop at 1 GFLOP/s, and of a backend with the given speeds, at the sizes 16, 64, 256, …
func points(speeds ...float64) []PointEvent {
	var all []PointEvent
	for i, speed := range speeds {
		n := 16 << (2 * i)
		all = append(all, PointEvent{Multiplier: LoopName, Size: n, GFLOPS: 1},
			PointEvent{Multiplier: "go", Size: n, GFLOPS: speed})
	}
	return all
}

func TestCrossover(t *testing.T) {
	for name, c := range map[string]struct {
		points []PointEvent
		want   float64 // 0 for none
	}{
		// Half as fast at 16, twice as fast at 64: equal at the geometric mean.
		"half-way": {points(0.5, 2), 32},
		// log₂ of the ratio goes from -2 to 1 while log₂ n goes from 4 to 6: it is 0 at 4 + 2·2/3.
		"two thirds of the way": {points(0.25, 2), math.Exp2(4 + 4.0/3)},
		"wins always":           {points(2, 8), 16},
		"never":                 {points(0.5, 0.25), 0},
		"loses in the end":      {points(0.5, 2, 0.5), 0},
		"the last time counts":  {points(0.5, 2, 0.5, 2), 512},
		"equal, then faster":    {points(0.5, 1, 4), 64},
		"equal is no win":       {points(0.5, 1), 0},
		"one size, won":         {points(3), 16},
		"one size, lost":        {points(0.3), 0},
		"nothing measured":      {nil, 0},
		"no common size": {[]PointEvent{{Multiplier: LoopName, Size: 16, GFLOPS: 1},
			{Multiplier: "go", Size: 32, GFLOPS: 2}}, 0},
		"sizes of one alone": {append(points(0.5, 2), PointEvent{Multiplier: "go", Size: 4096, GFLOPS: 0.1}), 32},
		"not a number": {append(points(0.5, 2), PointEvent{Multiplier: "go", Size: 64, GFLOPS: math.NaN()},
			PointEvent{Multiplier: "go", Size: 16, GFLOPS: math.Inf(1)}, PointEvent{Multiplier: LoopName, Size: 64, GFLOPS: 0}), 32},
		"measured again": {append(points(4, 4), points(0.5, 2)...), 32},
	} {
		for range 2 {
			got, found := Crossover(c.points, LoopName, "go")
			if found != (c.want > 0) || math.Abs(got-c.want) > 1e-9*c.want {
				t.Errorf("%s: %v, %v, want %v", name, got, found, c.want)
			}
			if name == "measured again" {
				break // Here the order matters.
			}
			slices.Reverse(c.points)
		}
	}
}
