package widget

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestExtendBoundsACurve tells a loss of a million steps with a spike early and late, and looks for what a chart needs.
func TestExtendBoundsACurve(t *testing.T) {
	const steps, epochs = 1_000_000, 16
	noise := rand.New(rand.NewPCG(1, 2))
	var curve, all []Point
	for i := range steps {
		x := float64(i) / steps * epochs
		p := Point{x, 1/(1+x) + 0.05*noise.NormFloat64()}
		if i == steps/5 || i == steps-steps/7 {
			p.Y = 40
		}
		all = append(all, p)
		if curve = Extend(curve, p); len(curve) >= mostPoints {
			t.Fatalf("after %d steps there are %d points", i+1, len(curve))
		}
	}
	if len(curve) < mostPoints/4 {
		t.Errorf("only %d points are left", len(curve))
	}
	if curve[0] != all[0] {
		t.Errorf("the first point is %v, want %v", curve[0], all[0])
	}
	if latest := all[steps-latestPoints:]; !slices.Equal(curve[len(curve)-latestPoints:], latest) {
		t.Errorf("the latest points are %v, want %v", curve[len(curve)-latestPoints:], latest)
	}
	if !slices.IsSortedFunc(curve, func(a, b Point) int { return int(math.Copysign(1, a.X-b.X)) }) {
		t.Error("the points are no longer in the order of X")
	}
	const columns = 100
	spikes := 0
	for c, y := range thin(curve, 0, epochs, columns) {
		if y == 40 {
			spikes++
			continue
		}
		x := (float64(c) + 0.5) / columns * epochs
		if want := 1 / (1 + x); math.Abs(y-want) > 0.05 {
			t.Errorf("at %.2f the curve is %.3f, want %.3f", x, y, want)
		}
	}
	if spikes != 2 {
		t.Errorf("the chart shows %d of 2 spikes", spikes)
	}
}

// TestExtendLeavesAShortCurve also takes what no chart shows: a loss that is no number, and steps at one place.
func TestExtendLeavesAShortCurve(t *testing.T) {
	want := points(3, 1, 2)
	var curve []Point
	for _, p := range want {
		curve = Extend(curve, p)
	}
	if !slices.Equal(curve, want) {
		t.Errorf("the curve is %v, want %v", curve, want)
	}
	for _, p := range []Point{{1, math.NaN()}, {1, 1}} {
		curve = nil
		for range 2 * mostPoints {
			curve = Extend(curve, p)
		}
		if n := len(curve); n >= mostPoints || n < latestPoints {
			t.Errorf("of a curve of %v there are %d points", p, n)
		}
	}
}
