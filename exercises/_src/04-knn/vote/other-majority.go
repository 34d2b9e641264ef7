package vote

func Vote(labels []int) int {
	votes := map[int]int{}
	for _, label := range labels {
		votes[label]++
		if 2*votes[label] > len(labels) {
			return label
		}
	}
	return labels[0]
}
