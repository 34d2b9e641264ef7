package anomaly

import (
	"fmt"
	"math"
	"slices"
)

// QuantileThreshold is the q-quantile of scores, [n], which needs no labels: where the scores are of normal examples, a
// part of about 1 − q of them is flagged. Between two scores it interpolates linearly at (n − 1)·q, definition 7 of
// Hyndman and Fan (1996), the default of NumPy and R. q is from 0 to 1.
func QuantileThreshold(scores []float32, q float64) (float64, error) {
	if err := check(scores); err != nil {
		return 0, err
	}
	if !(q >= 0 && q <= 1) {
		return 0, fmt.Errorf("the quantile is %v; it must be from 0 to 1, 0.95 is usual", q)
	}
	return quantile(ascending(scores), q), nil
}

// MADThreshold is median + k · 1.4826 · MAD of scores, [n], which needs no labels and which up to half of the scores
// being anomalies does not carry away. MAD is the median of the absolute deviations from the median (Hampel 1974);
// 1.4826 makes it estimate the standard deviation where scores are normally distributed, so k counts those. k is
// positive; Leys et al. (2013) take 2.5 or 3. It fails where more than half of the scores are equal, for then the MAD
// is 0.
func MADThreshold(scores []float32, k float64) (float64, error) {
	if err := check(scores); err != nil {
		return 0, err
	}
	if !(k > 0) || math.IsInf(k, 0) {
		return 0, fmt.Errorf("k is %v; it must be positive and finite, 3 is usual", k)
	}
	sorted := ascending(scores)
	median := quantile(sorted, 0.5)
	for i, s := range sorted {
		sorted[i] = math.Abs(s - median)
	}
	slices.Sort(sorted)
	mad := quantile(sorted, 0.5)
	if mad == 0 {
		return 0, fmt.Errorf("more than half of the %d scores are %v, so their MAD is 0 and gives no threshold; "+
			"take a quantile", len(scores), float32(median))
	}
	// 1.4826… is 1/Φ⁻¹(3/4), Φ being the distribution function of N(0, 1).
	return median + k*1.482602218505602*mad, nil
}

// ascending is a sorted copy of scores.
func ascending(scores []float32) []float64 {
	sorted := make([]float64, len(scores))
	for i, s := range scores {
		sorted[i] = float64(s)
	}
	slices.Sort(sorted)
	return sorted
}

// quantile is the q-quantile of sorted, which holds at least one number.
func quantile(sorted []float64, q float64) float64 {
	at := float64(len(sorted)-1) * q
	low := int(at)
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (at-float64(low))*(sorted[high]-sorted[low])
}
