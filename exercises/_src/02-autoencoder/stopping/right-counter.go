package stopping

// Stop counts the epochs since the best one.
func Stop(losses []float64, patience int) (best, last int) {
	lowest, waited := losses[0], 0
	for last = 0; ; last++ {
		waited++
		if loss := losses[last]; loss <= lowest {
			lowest, best, waited = loss, last, 0
		}
		if waited >= patience || last == len(losses)-1 {
			return
		}
	}
}
