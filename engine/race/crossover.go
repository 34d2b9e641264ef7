package race

import (
	"cmp"
	"math"
	"slices"
)

// Crossover is the smallest n from which on the multiplier fast reaches more GFLOP/s than slow. Between two measured
// sizes the logarithm of their ratio is taken as linear in the logarithm of n, as it is where both follow power laws:
//
//	log n = log n₁ + (log n₂ − log n₁)·(−r₁)/(r₂ − r₁)  with r = log(GFLOPS of fast / GFLOPS of slow), r₁ ≤ 0 < r₂
//
// If fast wins at all sizes it is the smallest size, and the true one may lie below it. found is false if fast does not
// win at the largest size or the two have no size in common. Equal speed is no win. Points may come in any order, and
// of two for the same size the later counts; those that are not positive and finite are left out.
func Crossover(points []PointEvent, slow, fast string) (n float64, found bool) {
	slowAt, fastAt := speeds(points, slow), speeds(points, fast)
	var ratios []ratio
	for size, speed := range fastAt {
		if other, common := slowAt[size]; common {
			ratios = append(ratios, ratio{math.Log(float64(size)), math.Log(speed / other)})
		}
	}
	slices.SortFunc(ratios, func(a, b ratio) int { return cmp.Compare(a.logSize, b.logSize) })
	i := len(ratios) - 1
	if i < 0 || ratios[i].logRatio <= 0 {
		return 0, false
	}
	for i > 0 && ratios[i-1].logRatio > 0 {
		i--
	}
	if i == 0 {
		return math.Round(math.Exp(ratios[0].logSize)), true
	}
	before, after := ratios[i-1], ratios[i]
	share := -before.logRatio / (after.logRatio - before.logRatio)
	return math.Exp(before.logSize + (after.logSize-before.logSize)*share), true
}

// ratio is how many times as fast one multiplier is as another at a size.
type ratio struct{ logSize, logRatio float64 }

// speeds are the GFLOP/s of a multiplier by size.
func speeds(points []PointEvent, multiplier string) map[int]float64 {
	at := map[int]float64{}
	for _, p := range points {
		if p.Multiplier == multiplier && p.Size > 0 && p.GFLOPS > 0 && !math.IsInf(p.GFLOPS, 1) {
			at[p.Size] = p.GFLOPS
		}
	}
	return at
}
