package noise

import "math/rand/v2"

// Source is where noise draws its random numbers. It serves any number of noises, but one goroutine at a time.
type Source struct {
	seed     int64
	pcg      rand.PCG
	ziggurat ziggurat
}

// NewSource makes a source; sources of the same seed give the same noise.
func NewSource(seed int64) *Source { return &Source{seed: seed, ziggurat: newZiggurat()} }

// seek moves to the random numbers of one example in one epoch. The top bit keeps them apart from a run's other streams
// of the same seed, which are numbered from 0.
func (s *Source) seek(epoch, example int) {
	s.pcg.Seed(uint64(s.seed), 1<<63+uint64(epoch)<<32+uint64(example))
}

// normal is a random number of mean 0 and standard deviation 1.
func (s *Source) normal() float64 { return s.ziggurat.normal(&s.pcg) }
