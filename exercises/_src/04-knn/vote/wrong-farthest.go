package vote

func Vote(labels []int) int {
	votes := map[int]int{}
	for _, label := range labels {
		votes[label]++
	}
	winner := labels[0]
	for _, label := range labels {
		if votes[label] >= votes[winner] {
			winner = label
		}
	}
	return winner
}
