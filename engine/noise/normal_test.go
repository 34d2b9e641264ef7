package noise

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestZigguratLayers checks what defines the tables: all layers have the area of the lowest one with its tail, their
// corners lie on e^(-x²/2), and the highest ends at its top, up to which the rounding of the constants adds up.
func TestZigguratLayers(t *testing.T) {
	z := newZiggurat()
	area := zigguratTail*math.Exp(-zigguratTail*zigguratTail/2) + math.Sqrt(math.Pi/2)*math.Erfc(zigguratTail/math.Sqrt2)
	for i := range layers {
		height := z.density[i+1] - z.density[i]
		if got := z.edge[i] * height; math.Abs(got-area) > 1e-10 {
			t.Errorf("layer %d has an area of %v, want %v", i, got, area)
		}
		if x := z.edge[i+1]; math.Abs(z.density[i+1]-math.Exp(-x*x/2)) > 1e-12 {
			t.Errorf("the density at %v is %v", x, z.density[i+1])
		}
	}
}

// TestZigguratIsNormal counts draws in 1000 classes that are equally likely under Φ. The chi-square statistic of their
// counts has mean 999 and variance 1998.
func TestZigguratIsNormal(t *testing.T) {
	const draws, classes = 2_000_000, 1000
	z, pcg := newZiggurat(), rand.NewPCG(1, 2)
	counts := make([]float64, classes)
	below, above := 0.0, 0.0
	for range draws {
		x := z.normal(pcg)
		counts[min(int(math.Erfc(-x/math.Sqrt2)/2*classes), classes-1)]++
		if x < -zigguratTail {
			below++
		} else if x > zigguratTail {
			above++
		}
	}
	chiSquare := 0.0
	for _, n := range counts {
		chiSquare += (n - draws/classes) * (n - draws/classes) / (draws / classes)
	}
	within(t, "chi-square", chiSquare, classes-1, math.Sqrt(2*(classes-1)))
	beyond := math.Erfc(zigguratTail/math.Sqrt2) / 2
	within(t, "fraction in the lower tail", below/draws, beyond, math.Sqrt(beyond/draws))
	within(t, "fraction in the upper tail", above/draws, beyond, math.Sqrt(beyond/draws))
}

// TestTailIsNormal bounds the largest distance between the distribution of the tail and the normal one's as
// Kolmogorov's test does at the 0.1 % level.
func TestTailIsNormal(t *testing.T) {
	const draws = 200_000
	pcg := rand.NewPCG(3, 4)
	beyond := make([]float64, draws)
	for i := range beyond {
		beyond[i] = tail(pcg)
	}
	slices.Sort(beyond)
	distance := 0.0
	for i, x := range beyond {
		p := 1 - math.Erfc(x/math.Sqrt2)/math.Erfc(zigguratTail/math.Sqrt2)
		distance = max(distance, math.Abs(p-float64(i)/draws), math.Abs(p-float64(i+1)/draws))
	}
	if bound := 1.95 / math.Sqrt(draws); distance > bound {
		t.Errorf("the tail's distribution is %v off, want at most %v", distance, bound)
	}
}
