package fewlabels

import (
	"math/rand"
	"slices"
)

func FewLabels(labels []int, perClass int, seed uint64) []int {
	members := map[int][]int{}
	for i, class := range labels {
		members[class] = append(members[class], i)
	}
	random := rand.New(rand.NewSource(int64(seed)))
	var chosen []int
	for class := 0; class < len(members); class++ {
		all := members[class]
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		chosen = append(chosen, all[:perClass]...)
	}
	slices.Sort(chosen)
	return chosen
}
