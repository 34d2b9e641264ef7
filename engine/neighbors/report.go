package neighbors

import (
	"errors"
	"fmt"
)

// Report says how well predictions fit the true classes.
type Report struct {
	Accuracy  float64 // the part of all examples that is predicted right
	Classes   []ClassReport
	Confusion [][]int // [class][predicted class], counts of examples
}

// ClassReport says how well one class is predicted. A part of no examples is 0, as in scikit-learn's reports.
type ClassReport struct {
	Precision float64 // the part of the examples predicted to be of the class that are
	Recall    float64 // the part of the examples of the class that are predicted to be
	Support   int     // examples of the class
}

// NewReport compares predictions with the true classes, labels, both [n] and from 0 to classes − 1.
func NewReport(labels, predicted []uint8, classes int) (Report, error) {
	if len(labels) == 0 {
		return Report{}, errors.New("no examples, so there is nothing to report")
	}
	if len(predicted) != len(labels) {
		return Report{}, fmt.Errorf("%d predictions for %d examples; each needs one", len(predicted), len(labels))
	}
	if err := checkLabels(labels, classes); err != nil {
		return Report{}, err
	}
	if err := checkLabels(predicted, classes); err != nil {
		return Report{}, fmt.Errorf("predictions: %w", err)
	}
	r := Report{Classes: make([]ClassReport, classes), Confusion: make([][]int, classes)}
	for class := range classes {
		r.Confusion[class] = make([]int, classes)
	}
	for i, label := range labels {
		r.Confusion[label][predicted[i]]++
	}
	right := 0
	for class := range classes {
		hits, predictions := r.Confusion[class][class], 0
		c := &r.Classes[class]
		for other := range classes {
			c.Support += r.Confusion[class][other]
			predictions += r.Confusion[other][class]
		}
		c.Precision, c.Recall = part(hits, predictions), part(hits, c.Support)
		right += hits
	}
	r.Accuracy = part(right, len(labels))
	return r, nil
}

// part is n of all, 0 of none.
func part(n, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(n) / float64(all)
}
