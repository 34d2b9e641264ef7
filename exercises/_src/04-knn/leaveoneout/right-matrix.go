package leaveoneout

import (
	"math"
	"sort"
)

// Accuracy computes all distances first, and puts each example infinitely far from itself.
func Accuracy(codes [][]float64, labels []int, k int) float64 {
	right := 0.0
	for q, a := range codes {
		distances := make([]float64, len(codes))
		order := make([]int, len(codes))
		for r, b := range codes {
			order[r] = r
			for i := range a {
				distances[r] = math.Hypot(distances[r], a[i]-b[i])
			}
		}
		distances[q] = math.Inf(1)
		sort.SliceStable(order, func(i, j int) bool { return distances[order[i]] < distances[order[j]] })
		votes := map[int]float64{}
		for place, r := range order[:k] {
			votes[labels[r]] += 1 - 1e-6*float64(place)
		}
		best := labels[order[0]]
		for label, n := range votes {
			if n > votes[best]+0.5 {
				best = label
			}
		}
		for place := k - 1; place >= 0; place-- { // Of about equal ones the nearest comes last.
			if label := labels[order[place]]; votes[label] > votes[best]-0.5 {
				best = label
			}
		}
		if best == labels[q] {
			right += 1 / float64(len(codes))
		}
	}
	return right
}
