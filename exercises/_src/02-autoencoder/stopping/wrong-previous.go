package stopping

func Stop(losses []float64, patience int) (best, last int) {
	rises := 0
	for epoch, loss := range losses {
		last = epoch
		if loss < losses[best] {
			best = epoch
		}
		if epoch > 0 && loss > losses[epoch-1] {
			rises++
		} else {
			rises = 0
		}
		if rises == patience {
			return best, last
		}
	}
	return best, last
}
