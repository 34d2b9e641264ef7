package anomaly

// Counts is the confusion matrix of a threshold. Positive means flagged as an anomaly.
type Counts struct {
	TruePositives  int // anomalies flagged
	FalsePositives int // normal examples flagged
	FalseNegatives int // anomalies kept
	TrueNegatives  int // normal examples kept
}

// Counts is the confusion matrix of any threshold. +Inf flags nothing, −Inf everything; NaN flags nothing.
func (r *Ranking) Counts(threshold float64) Counts { return r.counts(r.flagged(threshold)) }

// counts is the confusion matrix when the given number of highest scores is flagged.
func (r *Ranking) counts(flagged int) Counts {
	n := len(r.scores)
	found, anomalies := r.above[flagged], r.above[n]
	return Counts{
		TruePositives: found, FalsePositives: flagged - found,
		FalseNegatives: anomalies - found, TrueNegatives: n - anomalies - (flagged - found),
	}
}

// Precision is the part of the flagged examples that are anomalies. It is 0 when nothing is flagged.
func (c Counts) Precision() float64 { return ratio(c.TruePositives, c.TruePositives+c.FalsePositives) }

// Recall is the part of the anomalies that are flagged, also called true positive rate. It is 0 when there are none.
func (c Counts) Recall() float64 { return ratio(c.TruePositives, c.TruePositives+c.FalseNegatives) }

// F1 is the harmonic mean of precision and recall, 2·TP / (2·TP + FP + FN) (van Rijsbergen 1979). It is 0 when there
// are no anomalies and nothing is flagged.
func (c Counts) F1() float64 {
	return ratio(2*c.TruePositives, 2*c.TruePositives+c.FalsePositives+c.FalseNegatives)
}

// FalsePositiveRate is the part of the normal examples that are flagged. It is 0 when there are none.
func (c Counts) FalsePositiveRate() float64 {
	return ratio(c.FalsePositives, c.FalsePositives+c.TrueNegatives)
}

// ratio is a/b, and 0 for 0/0, as scikit-learn has it.
func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// Mistakes are the examples that a threshold judges wrongly, as indices into the scores given to Rank, both from the
// highest score to the lowest. So the worst false alarm comes first, the worst miss last: it looked most normal.
func (r *Ranking) Mistakes(threshold float64) (falseAlarms, missed []int) {
	flagged := r.flagged(threshold)
	for i, at := range r.order {
		switch {
		case i < flagged && !r.anomaly(i):
			falseAlarms = append(falseAlarms, at)
		case i >= flagged && r.anomaly(i):
			missed = append(missed, at)
		}
	}
	return falseAlarms, missed
}
