package fewlabels

import (
	"math/rand/v2"
	"slices"
)

func FewLabels(labels []int, perClass int, seed uint64) []int {
	random := rand.New(rand.NewPCG(seed, 0))
	all := 1 + slices.Max(labels)
	taken := map[int]int{}
	var chosen []int
	for i := random.IntN(len(labels)); len(chosen) < all*perClass; i = random.IntN(len(labels)) {
		if class := labels[i]; taken[class] < perClass {
			taken[class]++
			chosen = append(chosen, i)
		}
	}
	return chosen
}
