package anomaly

import "math"

// Point is what one threshold makes of the scores, as a point of a curve.
type Point struct{ Threshold, X, Y float64 }

// ROC is the receiver operating characteristic: X is the false positive rate, Y the recall. It has one point for each
// different score, from the highest to the lowest, after the point (0, 0) of the threshold +Inf, which flags nothing.
// These are the points of scikit-learn's roc_curve with drop_intermediate=False.
func (r *Ranking) ROC() []Point {
	points := []Point{{Threshold: math.Inf(1)}}
	for flagged := range r.cuts() {
		c := r.counts(flagged)
		points = append(points, Point{r.scores[flagged-1], c.FalsePositiveRate(), c.Recall()})
	}
	return points
}

// PR is the precision-recall curve: X is the recall, Y the precision. It has one point for each different score, from
// the highest to the lowest, after the point (0, 1) of the threshold +Inf, which flags nothing and has no precision of
// its own; the 1 is a convention. These are the points of scikit-learn's precision_recall_curve in reverse.
func (r *Ranking) PR() []Point {
	points := []Point{{Threshold: math.Inf(1), Y: 1}}
	for flagged := range r.cuts() {
		c := r.counts(flagged)
		points = append(points, Point{r.scores[flagged-1], c.Recall(), c.Precision()})
	}
	return points
}

// AUC is the area under the ROC curve: the probability that an anomaly scores higher than a normal example, where a tie
// counts half (Hanley and McNeil 1982).
func (r *Ranking) AUC() float64 {
	var last Counts
	doubled := 0 // twice the area, in units of one anomaly times one normal example
	for flagged := range r.cuts() {
		c := r.counts(flagged)
		doubled += (c.FalsePositives - last.FalsePositives) * (c.TruePositives + last.TruePositives)
		last = c
	}
	return float64(doubled) / 2 / float64(last.TruePositives) / float64(last.FalsePositives)
}

// AveragePrecision sums the precision over the points of the PR curve, weighted with the recall that each adds to that
// of the point before; nothing is interpolated. It is scikit-learn's average_precision_score.
func (r *Ranking) AveragePrecision() float64 {
	sum, recall := 0.0, 0.0
	for flagged := range r.cuts() {
		c := r.counts(flagged)
		sum += (c.Recall() - recall) * c.Precision()
		recall = c.Recall()
	}
	return sum
}

// BestF1 is the threshold, one of the scores, whose F1 is the highest. Of several the highest threshold is taken, which
// flags the fewest examples.
func (r *Ranking) BestF1() float64 {
	anomalies := r.above[len(r.scores)]
	// F1 is 2·TP / (flagged + anomalies). Equal fractions need not round to equal numbers, so integers are compared.
	best, found := 1, 0
	for flagged := range r.cuts() {
		if r.above[flagged]*(best+anomalies) > found*(flagged+anomalies) {
			best, found = flagged, r.above[flagged]
		}
	}
	return r.scores[best-1]
}
