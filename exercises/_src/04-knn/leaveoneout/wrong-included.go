package leaveoneout

import (
	"cmp"
	"slices"
)

func Accuracy(codes [][]float64, labels []int, k int) float64 {
	right := 0
	for query := range codes {
		var others []neighbor
		for i := range codes {
			others = append(others, neighbor{square(codes[query], codes[i]), labels[i]})
		}
		if vote(nearest(others, k)) == labels[query] {
			right++
		}
	}
	return float64(right) / float64(len(codes))
}

type neighbor struct {
	square float64
	label  int
}

func nearest(neighbors []neighbor, k int) []int {
	slices.SortFunc(neighbors, func(a, b neighbor) int { return cmp.Compare(a.square, b.square) })
	var labels []int
	for _, n := range neighbors[:k] {
		labels = append(labels, n.label)
	}
	return labels
}

func square(a, b []float64) (sum float64) {
	for i := range a {
		sum += (a[i] - b[i]) * (a[i] - b[i])
	}
	return sum
}

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
