// Package anomaly judges the detection of anomalies by a score, such as the reconstruction error that
// engine.Model.Errors gives: it finds thresholds, with and without labels, counts what a threshold gets right, and
// computes the curves, areas and histograms by which scores are compared. The higher a score, the more anomalous its
// example; a threshold flags every example whose score is equal to it or above, as scikit-learn has it.
package anomaly

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"sort"
)

// Ranking is a set of scores, labelled but for RankUnlabelled, from the highest to the lowest. It does not change once
// it is made, so any number of goroutines may read it.
type Ranking struct {
	scores []float64 // [n], descending
	order  []int     // [n], order[i] is the index, among the scores given, of scores[i]
	above  []int     // [n + 1], above[i] is the number of anomalies among the i highest scores
}

// Rank orders scores, [n], by their height; equal scores keep their order. labels, [n], is true for an anomaly. It
// fails when there are no scores, when one is NaN or infinite, when the lengths differ and when one of the two classes
// is missing, for then no curve is defined.
func Rank(scores []float32, labels []bool) (*Ranking, error) {
	if len(scores) != len(labels) {
		return nil, fmt.Errorf("%d scores but %d labels; each score needs one label", len(scores), len(labels))
	}
	if err := check(scores); err != nil {
		return nil, err
	}
	r := order(scores, labels)
	n := len(scores)
	switch r.above[n] {
	case 0:
		return nil, fmt.Errorf("none of the %d examples is labelled an anomaly; take some of each class", n)
	case n:
		return nil, fmt.Errorf("all %d examples are labelled anomalies, none normal; take some of each class", n)
	}
	return r, nil
}

// RankUnlabelled orders scores, [n], that nobody has labelled; all count as normal. Histogram says how they lie,
// Mistakes and the false positives of Counts which of them a threshold flags. Whatever else is computed of a Ranking
// needs labels and means nothing for this one. It fails when there are no scores and when one is NaN or infinite.
func RankUnlabelled(scores []float32) (*Ranking, error) {
	if err := check(scores); err != nil {
		return nil, err
	}
	return order(scores, make([]bool, len(scores))), nil
}

// order makes the Ranking of valid scores.
func order(scores []float32, labels []bool) *Ranking {
	n := len(scores)
	r := &Ranking{scores: make([]float64, n), order: make([]int, n), above: make([]int, n+1)}
	for i := range r.order {
		r.order[i] = i
	}
	slices.SortStableFunc(r.order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	for i, at := range r.order {
		r.scores[i] = float64(scores[at])
		r.above[i+1] = r.above[i]
		if labels[at] {
			r.above[i+1]++
		}
	}
	return r
}

// check refuses scores that nothing can be computed from.
func check(scores []float32) error {
	if len(scores) == 0 {
		return errors.New("no scores; at least one is needed")
	}
	for i, s := range scores {
		if math.IsNaN(float64(s)) || math.IsInf(float64(s), 0) {
			return fmt.Errorf("score %d is %v; every score must be a finite number", i, s)
		}
	}
	return nil
}

// anomaly says whether the example of rank i is labelled an anomaly.
func (r *Ranking) anomaly(i int) bool { return r.above[i+1] > r.above[i] }

// flagged is the number of scores that are equal to the threshold or above. It is 0 for NaN, to which no number
// compares.
func (r *Ranking) flagged(threshold float64) int {
	return sort.Search(len(r.scores), func(i int) bool { return !(r.scores[i] >= threshold) })
}

// cuts yields how many examples each threshold that is one of the scores flags, from the highest score to the lowest.
// Equal scores are flagged together, so they make one cut.
func (r *Ranking) cuts() iter.Seq[int] {
	return func(yield func(int) bool) {
		n := len(r.scores)
		for i := range n {
			if i+1 < n && r.scores[i+1] == r.scores[i] {
				continue
			}
			if !yield(i + 1) {
				return
			}
		}
	}
}
