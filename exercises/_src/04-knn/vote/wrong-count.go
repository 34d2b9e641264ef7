package vote

func Vote(labels []int) int {
	votes := map[int]int{}
	for _, label := range labels {
		votes[label]++
	}
	most := 0
	for _, n := range votes {
		most = max(most, n)
	}
	return most
}
