package vote

import "slices"

// Vote goes from far to near, so that of equal ones the nearest comes last.
func Vote(labels []int) int {
	count := func(label int) (n int) {
		for _, other := range labels {
			if other == label {
				n++
			}
		}
		return n
	}
	winner := labels[len(labels)-1]
	for _, label := range slices.Backward(labels) {
		if count(label) >= count(winner) {
			winner = label
		}
	}
	return winner
}
