package engine

import "math/rand/v2"

// Streams keep the random numbers of one seed apart, so that using more of one does not change another. An epoch's
// stream is its number, from 1 on.
const splitStream = 0

// permutation is a random order of n examples. The same seed and stream give the same order.
func permutation(seed int64, stream uint64, n int) []int {
	return rand.New(rand.NewPCG(uint64(seed), stream)).Perm(n)
}

// initializerSeed maps a seed to GoMLX's, where 0 would mean a random one.
func initializerSeed(seed int64) int64 { return seed<<1 | 1 }
