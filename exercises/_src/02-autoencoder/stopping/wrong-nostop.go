package stopping

func Stop(losses []float64, patience int) (best, last int) {
	for epoch, loss := range losses {
		last = epoch
		if loss < losses[best] {
			best = epoch
		}
	}
	return best, last
}
