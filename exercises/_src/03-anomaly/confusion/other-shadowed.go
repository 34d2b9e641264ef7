package confusion

func Measure(errs []float64, anomaly []bool, t float64) (precision, recall float64) {
	tp, flagged, anomalies := 0.0, 0.0, 0.0
	for i, e := range errs {
		if e >= t {
			flagged++
			if anomaly[i] {
				tp++
			}
		}
		if anomaly[i] {
			anomalies++
		}
	}
	if flagged > 0 {
		precision, recall := tp/flagged, tp/anomalies
		_, _ = precision, recall
	}
	return precision, recall
}
