package fewlabels

func FewLabels(labels []int, perClass int, seed uint64) []int {
	taken := map[int]int{}
	var chosen []int
	for i := range labels {
		if class := labels[i]; taken[class] < perClass {
			taken[class]++
			chosen = append(chosen, i)
		}
	}
	return chosen
}
