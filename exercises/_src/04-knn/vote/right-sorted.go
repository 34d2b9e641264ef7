package vote

import (
	"cmp"
	"slices"
)

// Vote sorts by votes, and by the place of the nearest where they are equal.
func Vote(labels []int) int {
	votes := make(map[int]int)
	for _, label := range labels {
		votes[label] += 1
	}
	sorted := slices.Clone(labels)
	slices.SortFunc(sorted, func(a, b int) int {
		return cmp.Or(cmp.Compare(votes[b], votes[a]), slices.Index(labels, a)-slices.Index(labels, b))
	})
	return sorted[0]
}
