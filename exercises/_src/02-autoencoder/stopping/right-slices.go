package stopping

import "slices"

// Stop compares the lowest of the last epochs with the lowest before.
func Stop(losses []float64, patience int) (best, last int) {
	for last = patience; last < len(losses); last++ {
		before := losses[:last-patience+1]
		if lowest := slices.Min(before); slices.Min(losses[last-patience+1:last+1]) > lowest {
			return slices.Index(losses, lowest), last
		}
	}
	return slices.Index(losses, slices.Min(losses)), len(losses) - 1
}
