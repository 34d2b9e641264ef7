// Package leaveoneout is an exercise of the lesson "KNN in latent space".
//
// The accuracy is the part of all queries whose vote is right. Where few examples are labelled, each may be the query
// once, with all the others as its references: one is left out.
// Edit this file as you like, but keep the signature of Accuracy. Then run: aetutor check leaveoneout
package leaveoneout

import (
	"cmp"
	"slices"
)

// Accuracy returns the part of all examples, from 0 to 1, whose vote is their own label. The voters of an example are
// the k nearest of all the other examples.
//
//	codes:  [examples][latent]
//	labels: [examples]
//	k:      the number of voters, less than the number of examples
func Accuracy(codes [][]float64, labels []int, k int) float64 {
	// TODO: let each example be the query, and count the votes that are right.
	return 0
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
