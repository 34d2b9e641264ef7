package vote

func Vote(labels []int) int {
	votes := map[int]int{}
	for _, label := range labels {
		votes[label]++
	}
	winner := labels[0]
	most := 0
	for label, n := range votes {
		if n > most {
			winner, most = label, n
		}
	}
	return winner
}
