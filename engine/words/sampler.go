package words

import (
	"math"
	"math/rand/v2"
)

// sampler draws indices with given odds in constant time (alias method, Walker 1977, built as Vose 1991 does).
type sampler struct {
	keep  []float64 // chance that a column gives its own index, [n]
	alias []int32   // what it gives otherwise, [n]
}

// negativePower flattens the frequencies that negatives are drawn with: rare words come up more often than in the text
// (Mikolov et al. 2013b, section 2.2).
const negativePower = 0.75

// newNegativeSampler draws word i with odds of counts[i]^0.75.
func newNegativeSampler(counts []int) *sampler {
	weights := make([]float64, len(counts))
	for i, count := range counts {
		weights[i] = math.Pow(float64(count), negativePower)
	}
	return newSampler(weights)
}

func newSampler(weights []float64) *sampler {
	n := len(weights)
	s := &sampler{keep: make([]float64, n), alias: make([]int32, n)}
	total := 0.0
	for _, w := range weights {
		total += w
	}
	var small, large []int32
	for i, w := range weights {
		s.keep[i] = w * float64(n) / total // 1 is a column's share
		s.alias[i] = int32(i)
		if s.keep[i] < 1 {
			small = append(small, int32(i))
		} else {
			large = append(large, int32(i))
		}
	}
	// Each small column is filled up from a large one, which gets smaller by that. Rounding may leave columns of either
	// kind, which then are full but for the rounding.
	for len(small) > 0 && len(large) > 0 {
		low, high := small[len(small)-1], large[len(large)-1]
		small = small[:len(small)-1]
		s.alias[low] = high
		s.keep[high] -= 1 - s.keep[low]
		if s.keep[high] < 1 {
			large = large[:len(large)-1]
			small = append(small, high)
		}
	}
	return s
}

func (s *sampler) draw(random *rand.Rand) int32 {
	i := random.IntN(len(s.keep))
	if random.Float64() < s.keep[i] {
		return int32(i)
	}
	return s.alias[i]
}

// keepChances are the chances that an occurrence of each word is read: the rest is left out, so that frequent words do
// not crowd out the others. For a word of frequency f it is √(t/f), and 1 where that is more (Mikolov et al. 2013b,
// equation 5). A threshold t of 0 keeps all.
func keepChances(counts []int, threshold float64) []float64 {
	total := 0
	for _, count := range counts {
		total += count
	}
	chances := make([]float64, len(counts))
	for i, count := range counts {
		chances[i] = 1
		if threshold > 0 {
			chances[i] = min(1, math.Sqrt(threshold*float64(total)/float64(count)))
		}
	}
	return chances
}
