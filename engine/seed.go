package engine

import "math/rand/v2"

// Streams keep the random numbers of one seed apart, so that using more of one does not change another. An epoch's
// stream is its number, from 1 on.
const (
	splitStream      = 0
	corruptionStream = 1 << 32
	drawStream       = 1<<32 + 1
	sampleStream     = 1<<32 + 2
	labelStream      = 1<<32 + 3
)

// permutation is a random order of n examples. The same seed and stream give the same order.
func permutation(seed int64, stream uint64, n int) []int {
	return rand.New(rand.NewPCG(uint64(seed), stream)).Perm(n)
}

// corruptionSeed is the seed of the corruption of the inputs.
func corruptionSeed(seed int64) int64 { return derivedSeed(seed, corruptionStream) }

// drawSeed is the seed of the draws of codes of a variational autoencoder.
func drawSeed(seed int64) int64 { return derivedSeed(seed, drawStream) }

func derivedSeed(seed int64, stream uint64) int64 {
	return int64(rand.New(rand.NewPCG(uint64(seed), stream)).Uint64())
}

// initializerSeed maps a seed to GoMLX's, where 0 would mean a random one.
func initializerSeed(seed int64) int64 { return seed<<1 | 1 }
