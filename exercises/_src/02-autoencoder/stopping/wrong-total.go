package stopping

func Stop(losses []float64, patience int) (best, last int) {
	waited := 0
	for epoch := 1; epoch < len(losses); epoch++ {
		last = epoch
		if losses[epoch] < losses[best] {
			best = epoch
		} else {
			waited++
		}
		if waited == patience {
			break
		}
	}
	return best, last
}
