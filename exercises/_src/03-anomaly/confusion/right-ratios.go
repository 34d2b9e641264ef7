package confusion

// Measure counts the flagged examples, the anomalies, and those that are both.
func Measure(errs []float64, anomaly []bool, t float64) (float64, float64) {
	var flagged, anomalies, both int
	for i := range errs {
		if anomaly[i] {
			anomalies++
		}
		if errs[i] < t {
			continue
		}
		flagged++
		if anomaly[i] {
			both++
		}
	}
	return float64(both) / float64(max(1, flagged)), float64(both) / float64(anomalies)
}
