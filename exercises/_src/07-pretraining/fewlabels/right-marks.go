package fewlabels

import "math/rand/v2"

func FewLabels(labels []int, perClass int, seed uint64) []int {
	random := rand.New(rand.NewPCG(seed, seed))
	missing := map[int]int{}
	for _, class := range labels {
		missing[class] = perClass
	}
	var chosen []int
	for size := len(missing) * perClass; len(chosen) < size; {
		i := random.IntN(len(labels))
		class := labels[i]
		if missing[class] == 0 {
			continue
		}
		missing[class]--
		labels[i] = -1
		chosen = append(chosen, i)
	}
	return chosen
}
