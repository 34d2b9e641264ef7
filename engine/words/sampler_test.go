package words

import (
	"math"
	"math/rand/v2"
	"testing"
)

// zipf are the counts of ten words, in the proportions of natural text.
func zipf() []int { return []int{5000, 2500, 1667, 1250, 1000, 833, 714, 625, 40, 1} }

// negativeOdds is the distribution of negatives from its formula, count^0.75 over their sum.
func negativeOdds(counts []int) []float64 {
	odds, total := make([]float64, len(counts)), 0.0
	for i, count := range counts {
		odds[i] = math.Sqrt(float64(count)) * math.Sqrt(math.Sqrt(float64(count)))
		total += odds[i]
	}
	for i := range odds {
		odds[i] /= total
	}
	return odds
}

func TestAliasTableGivesTheOdds(t *testing.T) {
	for name, counts := range map[string][]int{"Zipf": zipf(), "one word": {7}, "equal": {3, 3, 3}, "steep": {1, 1_000_000}} {
		s := newNegativeSampler(counts)
		got := make([]float64, len(counts))
		for i, keep := range s.keep {
			got[i] += keep / float64(len(counts))
			got[s.alias[i]] += (1 - keep) / float64(len(counts))
		}
		for i, want := range negativeOdds(counts) {
			if math.Abs(got[i]-want) > 1e-12 {
				t.Errorf("%s: word %d has the chance %v, want %v", name, i, got[i], want)
			}
		}
	}
}

func TestNegativesFollowTheirDistribution(t *testing.T) {
	const draws = 200_000
	s, random := newNegativeSampler(zipf()), rand.New(rand.NewPCG(9, 9))
	seen := make([]float64, len(zipf()))
	for range draws {
		seen[s.draw(random)]++
	}
	chi2 := 0.0
	for i, p := range negativeOdds(zipf()) {
		chi2 += (seen[i] - draws*p) * (seen[i] - draws*p) / (draws * p)
	}
	// scipy.stats.chi2.ppf(0.999, 9)
	if chi2 > 27.877 {
		t.Errorf("χ² is %v over 9 degrees of freedom; by chance it passes 27.877 once in a thousand", chi2)
	}
}

func TestKeepChances(t *testing.T) {
	// Frequencies 0.9, 0.09 and 0.01; √(0.01/0.9) and √(0.01/0.09) = 1/3 by hand.
	for i, want := range []float64{0.105409255, 1.0 / 3, 1} {
		if got := keepChances([]int{90, 9, 1}, 0.01)[i]; math.Abs(got-want) > 1e-9 {
			t.Errorf("word %d is kept with the chance %v, want %v", i, got, want)
		}
	}
	for _, got := range keepChances([]int{90, 9, 1}, 0) {
		if got != 1 {
			t.Errorf("without a threshold a word is kept with the chance %v, want 1", got)
		}
	}
}

func TestSubsampleKeepsWordsByTheirChance(t *testing.T) {
	const n = 20_000
	corpus := newCorpus([][]string{{"often"}, {"often"}, {"often"}, {"rare"}})
	c := DefaultConfig()
	c.Subsample = 0.03 // 0.03 of a frequency of 0.75 gives a chance of 0.2
	trainer := newTrainer(corpus, c)
	kept := map[int32]int{}
	for range n {
		for _, word := range trainer.subsample([]int32{0, 1, 0}) {
			kept[word]++
		}
	}
	// Five standard deviations of a binomial count.
	for word, want := range map[int32]float64{0: 0.2 * 2 * n, 1: math.Sqrt(0.03/0.25) * n} {
		if got := float64(kept[word]); math.Abs(got-want) > 5*math.Sqrt(want) {
			t.Errorf("word %d was kept %v times, want about %v", word, got, want)
		}
	}
}
