package data

import "math/rand/v2"

// Streams keep the random numbers of one seed apart, so that using more of one does not change another.
const (
	streamSplit uint64 = iota
	streamRhythm
	streamKinds
	streamNoise
	streamBursts
)

// random is a generator of random numbers. The same seed and stream give the same numbers.
func random(seed int64, stream uint64) *rand.Rand {
	return rand.New(rand.NewPCG(uint64(seed), stream))
}
