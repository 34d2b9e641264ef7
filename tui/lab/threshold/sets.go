package threshold

import (
	"cmp"
	"math"
	"slices"

	"github.com/aetutor/aetutor/engine/anomaly"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/widget"
)

// sets is what the screen needs of the scores for one share of anomalies.
type sets struct {
	scores        *lab.ThresholdScores
	shown, unseen *anomaly.Ranking
	examples      int // shown ones
	roc, pr       []widget.Point
	auc, ap       float64
	cuts          []float64 // different errors of the shown examples, ascending
	// bins counts the logarithms of the errors: those of anomalies may be a hundred times as large as the normal ones.
	bins   *anomaly.Ranking
	lo, hi float64 // of the histogram, as logarithms to base 10
}

func newSets(scores *lab.ThresholdScores, share float64) (sets, error) {
	s := sets{scores: scores, examples: scores.Shown.Len(share)}
	var err error
	if s.shown, err = scores.Shown.Rank(share); err != nil {
		return s, err
	}
	if s.unseen, err = scores.Unseen.Rank(share); err != nil {
		return s, err
	}
	for _, p := range s.shown.ROC() {
		s.roc = append(s.roc, widget.Point{X: p.X, Y: p.Y})
		s.cuts = append(s.cuts, p.Threshold)
	}
	s.cuts = s.cuts[1:] // The first is +Inf.
	slices.Reverse(s.cuts)
	if scores.Labelled() {
		for _, p := range s.shown.PR() {
			s.pr = append(s.pr, widget.Point{X: p.X, Y: p.Y})
		}
		s.auc, s.ap = s.shown.AUC(), s.shown.AveragePrecision()
	}
	if s.bins, err = logarithms(scores.Shown, share); err != nil {
		return s, err
	}
	h, err := s.bins.Histogram(1)
	if err != nil {
		return s, err
	}
	s.lo, s.hi = h.Edges[0], h.Edges[1]
	return s, nil
}

// least keeps the logarithm of an error of 0 finite.
const least = 1e-9

// logarithms ranks the logarithms of the errors.
func logarithms(p lab.ThresholdPart, share float64) (*anomaly.Ranking, error) {
	errs := make([]float32, len(p.Errors))
	for i, e := range p.Errors {
		errs[i] = float32(math.Log10(max(float64(e), least)))
	}
	p.Errors = errs
	return p.Rank(share)
}

// kind is one class of anomalies and how many of them a threshold flags.
type kind struct {
	name         string
	caught, seen int
}

// kinds are the classes of the shown anomalies, the least caught first.
func (s *sets) kinds(threshold float64) []kind {
	var kinds []kind
	p := s.scores.Shown
	for i := p.Normal; i < s.examples; i++ {
		at := slices.IndexFunc(kinds, func(k kind) bool { return k.name == p.Names[i] })
		if at < 0 {
			at = len(kinds)
			kinds = append(kinds, kind{name: p.Names[i]})
		}
		kinds[at].seen++
		if float64(p.Errors[i]) >= threshold {
			kinds[at].caught++
		}
	}
	slices.SortFunc(kinds, func(a, b kind) int {
		return cmp.Or(cmp.Compare(a.caught*b.seen, b.caught*a.seen), cmp.Compare(a.name, b.name))
	})
	return kinds
}

// mistakes are the shown examples that a threshold judges wrongly, the worst first.
func (s *sets) mistakes(which worst, threshold float64) []int {
	alarms, missed := s.shown.Mistakes(threshold)
	if which == falseAlarms {
		return alarms
	}
	slices.Reverse(missed) // The worst miss is what looked most normal.
	return missed
}

// example is the input and the reconstruction of a shown example, both [width].
func (s *sets) example(i int) (input, redrawn []float32) {
	p := s.scores.Shown
	width := len(p.Inputs) / len(p.Errors)
	return p.Inputs[i*width : (i+1)*width], p.Outputs[i*width : (i+1)*width]
}
