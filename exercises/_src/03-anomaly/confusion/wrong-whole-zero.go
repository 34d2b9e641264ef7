package confusion

func Measure(errs []float64, anomaly []bool, t float64) (precision, recall float64) {
	tp, fp, fn := 0, 0, 0
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
	return float64(tp / (tp + fp)), float64(tp / (tp + fn))
}
