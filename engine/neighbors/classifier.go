package neighbors

import (
	"errors"
	"fmt"
)

// Classifier predicts the class of an example by a majority vote of its nearest references (Cover and Hart 1967,
// Nearest neighbor pattern classification). Where classes have equally many votes, the one with the nearest reference
// among them wins; so with two neighbours the nearer decides.
type Classifier struct {
	labels  []uint8
	classes int
}

// NewClassifier makes a classifier of the classes of the references that are searched: labels, [references], from 0 to
// classes − 1. It keeps labels, which must not change.
func NewClassifier(labels []uint8, classes int) (*Classifier, error) {
	if err := checkLabels(labels, classes); err != nil {
		return nil, err
	}
	return &Classifier{labels, classes}, nil
}

// maxClasses is what a label can tell apart.
const maxClasses = 256

func checkLabels(labels []uint8, classes int) error {
	if classes < 1 || classes > maxClasses {
		return fmt.Errorf("%d classes; take from 1 to %d", classes, maxClasses)
	}
	for i, label := range labels {
		if int(label) >= classes {
			return fmt.Errorf("label %d of example %d; the classes are 0 to %d", label, i, classes-1)
		}
	}
	return nil
}

// Vote is the class of each query of a search by the first k of its neighbours. k is from 1 to r.K. → [r.Len]
func (c *Classifier) Vote(r Result, k int) ([]uint8, error) {
	if k < 1 || k > r.K {
		return nil, fmt.Errorf("a vote of %d neighbours; the search found %d, so take from 1 to %d", k, r.K, r.K)
	}
	predicted := make([]uint8, 0, r.Len())
	err := c.votes(r, func(_, voters int, winner uint8) {
		if voters == k {
			predicted = append(predicted, winner)
		}
	})
	if err != nil {
		return nil, err
	}
	return predicted, nil
}

// Accuracies is the part of the queries of a search whose class is predicted right, for each number of neighbours from
// 1 to r.K: element k−1 is the accuracy with k of them. labels are the classes of the queries, [r.Len].
func (c *Classifier) Accuracies(r Result, labels []uint8) ([]float64, error) {
	if r.Len() == 0 {
		return nil, errors.New("no queries, so they have no accuracy")
	}
	if len(labels) != r.Len() {
		return nil, fmt.Errorf("%d labels for %d queries; each needs one", len(labels), r.Len())
	}
	if err := checkLabels(labels, c.classes); err != nil {
		return nil, err
	}
	right := make([]int, r.K)
	err := c.votes(r, func(query, voters int, winner uint8) {
		if winner == labels[query] {
			right[voters-1]++
		}
	})
	if err != nil {
		return nil, err
	}
	accuracies := make([]float64, r.K)
	for i, n := range right {
		accuracies[i] = float64(n) / float64(r.Len())
	}
	return accuracies, nil
}

// votes counts the votes of each query's neighbours, the nearest first, and calls visit with the winner after each.
func (c *Classifier) votes(r Result, visit func(query, voters int, winner uint8)) error {
	for query := range r.Len() {
		var votes, first [maxClasses]int // of each class: its votes, and the rank of its nearest reference
		winner := uint8(0)
		neighbors, _ := r.Query(query)
		for rank, reference := range neighbors {
			if reference < 0 || reference >= len(c.labels) {
				return fmt.Errorf("neighbour %d of query %d is reference %d; the classifier knows 0 to %d",
					rank, query, reference, len(c.labels)-1)
			}
			class := c.labels[reference]
			if votes[class] == 0 {
				first[class] = rank
			}
			votes[class]++
			// Only the class of this vote can overtake the winner of the votes before.
			if votes[class] > votes[winner] || votes[class] == votes[winner] && first[class] < first[winner] {
				winner = class
			}
			visit(query, rank+1, winner)
		}
	}
	return nil
}
