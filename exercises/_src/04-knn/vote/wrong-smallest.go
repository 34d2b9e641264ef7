package vote

func Vote(labels []int) int {
	var votes [10]int
	for _, label := range labels {
		votes[label]++
	}
	winner := 0
	for label := range votes {
		if votes[label] > votes[winner] {
			winner = label
		}
	}
	return winner
}
