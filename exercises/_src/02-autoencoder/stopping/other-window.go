package stopping

import "slices"

func Stop(losses []float64, patience int) (best, last int) {
	best = slices.Index(losses, slices.Min(losses[:patience]))
	for last = patience; last < len(losses); last++ {
		if losses[last] < losses[best] {
			best = last
		}
		if last-best >= patience {
			return best, last
		}
	}
	return best, len(losses) - 1
}
