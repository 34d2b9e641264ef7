package confusion

func Measure(errs []float64, anomaly []bool, t float64) (precision, recall float64) {
	tp, fp, fn := 0.0, 0.0, 0.0
	for i, e := range errs {
		if e < t {
			fn++
		} else if anomaly[i] {
			tp++
		} else {
			fp++
		}
	}
	if tp+fp > 0 {
		precision = tp / (tp + fp)
	}
	return precision, tp / (tp + fn)
}
