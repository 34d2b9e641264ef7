package anomaly

import (
	"fmt"
	"math"
	"sort"
)

// Histogram counts the scores of two groups over the same bins. Bin i is from Edges[i] up to, but without, Edges[i+1];
// the first bin also holds all scores below, the last all above.
type Histogram struct {
	Edges   []float64 // [bins + 1], ascending and evenly spaced
	Normal  []int     // [bins]
	Anomaly []int     // [bins]
}

// maxBins is more than any screen is wide.
const maxBins = 10_000

// Histogram counts the scores in the given number of bins, from 1 to 10,000. A few outliers do not stretch the bins:
// they span, of each group, the part within its outer fences, which lie three times the range between the quartiles
// beyond these (Tukey 1977). When that has no width, they span all scores. When all scores are equal, they span as much
// as the score itself around it, but no less than 1.
func (r *Ranking) Histogram(bins int) (Histogram, error) {
	if bins < 1 || bins > maxBins {
		return Histogram{}, fmt.Errorf("%d bins; take from 1 to %d", bins, maxBins)
	}
	low, high := r.span()
	h := Histogram{Edges: make([]float64, bins+1), Normal: make([]int, bins), Anomaly: make([]int, bins)}
	width := (high - low) / float64(bins)
	for i := range h.Edges {
		h.Edges[i] = low + float64(i)*width
	}
	h.Edges[bins] = high
	for i, s := range r.scores {
		if r.anomaly(i) {
			h.Anomaly[h.Bin(s)]++
		} else {
			h.Normal[h.Bin(s)]++
		}
	}
	return h, nil
}

// Bin is the bin that holds a score, or where a threshold is to be drawn.
func (h Histogram) Bin(score float64) int {
	return sort.Search(max(len(h.Normal)-1, 0), func(i int) bool { return h.Edges[i+1] > score })
}

// span is the range of the scores that Histogram documents.
func (r *Ranking) span() (low, high float64) {
	n := len(r.scores)
	lowest, highest := r.scores[n-1], r.scores[0]
	low, high = highest, lowest
	for _, anomaly := range []bool{false, true} {
		group := make([]float64, 0, n)
		for i := n - 1; i >= 0; i-- {
			if r.anomaly(i) == anomaly {
				group = append(group, r.scores[i])
			}
		}
		if len(group) == 0 { // Nothing is labelled.
			continue
		}
		first, third := quantile(group, 0.25), quantile(group, 0.75)
		reach := 3 * (third - first)
		low = min(low, max(group[0], first-reach))
		high = max(high, min(group[len(group)-1], third+reach))
	}
	if low == high {
		low, high = lowest, highest
	}
	if low == high {
		half := max(1, math.Abs(low)) / 2
		low, high = low-half, high+half
	}
	return low, high
}
