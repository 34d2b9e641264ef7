// Package confusion is an exercise of the lesson "Anomaly detection".
package confusion

// Measure says what the threshold t does. An example is flagged where its error is t or more.
//
//	errs:      [n], the reconstruction errors
//	anomaly:   [n], whether each example is an anomaly; at least one is
//	precision: of all that is flagged, what part is anomalous; 0 where nothing is flagged
//	recall:    of all anomalies, what part is flagged
func Measure(errs []float64, anomaly []bool, t float64) (precision, recall float64) {
	tp, fp, fn := 0.0, 0.0, 0.0
	for i, e := range errs {
		switch {
		case e >= t && anomaly[i]:
			tp++
		case e >= t:
			fp++
		case anomaly[i]:
			fn++
		}
	}
	if tp+fp > 0 {
		precision = tp / (tp + fp)
	}
	return precision, tp / (tp + fn)
}
