package analogy

import (
	"cmp"
	"math"
	"slices"
)

// Answer sorts all words by their angle to the sum, from small to large, and takes the first that was not asked for.
// The length of the sum is the same for all, so it is left out.
func Answer(vectors map[string][]float64, a, b, c string) string {
	angle, words := map[string]float64{}, []string{}
	for word, v := range vectors {
		dot, length := 0.0, 0.0
		for i, x := range v {
			dot += x * (vectors[c][i] + vectors[a][i] - vectors[b][i])
			length = math.Hypot(length, x)
		}
		angle[word] = -dot / length
		words = append(words, word)
	}
	slices.SortFunc(words, func(x, y string) int { return cmp.Compare(angle[x], angle[y]) })
	return words[slices.IndexFunc(words, func(w string) bool { return !slices.Contains([]string{a, b, c}, w) })]
}
