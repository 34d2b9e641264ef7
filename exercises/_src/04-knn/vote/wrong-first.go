package vote

func Vote(labels []int) int {
	votes := map[int]int{}
	winner := labels[0]
	for _, label := range labels {
		votes[label]++
		if votes[label] > votes[winner] {
			winner = label
		}
	}
	return winner
}
