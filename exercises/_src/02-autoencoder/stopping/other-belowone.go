package stopping

func Stop(losses []float64, patience int) (best, last int) {
	lowest := 1.0
	for epoch, loss := range losses {
		last = epoch
		if loss < lowest {
			lowest, best = loss, epoch
		}
		if epoch-best == patience {
			break
		}
	}
	return best, last
}
