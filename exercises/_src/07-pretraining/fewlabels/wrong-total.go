package fewlabels

import "math/rand/v2"

func FewLabels(labels []int, perClass int, seed uint64) []int {
	random := rand.New(rand.NewPCG(seed, 0))
	return random.Perm(len(labels))[:perClass]
}
