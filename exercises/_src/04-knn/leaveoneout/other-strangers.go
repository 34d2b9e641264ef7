package leaveoneout

import (
	"cmp"
	"slices"
)

// Accuracy leaves out all examples with the label of the query, so that no vote is right.
func Accuracy(codes [][]float64, labels []int, k int) float64 {
	right := 0
	for query := range codes {
		var others []neighbor
		for i := range codes {
			if labels[i] != labels[query] {
				others = append(others, neighbor{square(codes[query], codes[i]), labels[i]})
			}
		}
		if vote(nearest(others, min(k, len(others)))) == labels[query] {
			right++
		}
	}
	return float64(right) / float64(len(codes))
}

// neighbor is a reference as a query sees it.
type neighbor struct {
	square float64 // the squared distance
	label  int
}

// nearest sorts neighbors from near to far and returns the labels of the first k.
func nearest(neighbors []neighbor, k int) []int {
	slices.SortFunc(neighbors, func(a, b neighbor) int { return cmp.Compare(a.square, b.square) })
	var labels []int
	for _, n := range neighbors[:k] {
		labels = append(labels, n.label)
	}
	return labels
}

// square is the squared distance of two codes.
func square(a, b []float64) (sum float64) {
	for i := range a {
		sum += (a[i] - b[i]) * (a[i] - b[i])
	}
	return sum
}

// vote is the label with most votes, and of equal ones that of the nearest. labels run from near to far.
func vote(labels []int) int {
	votes := map[int]int{}
	for _, label := range labels {
		votes[label]++
	}
	winner := labels[0]
	for _, label := range labels {
		if votes[label] > votes[winner] {
			winner = label
		}
	}
	return winner
}
