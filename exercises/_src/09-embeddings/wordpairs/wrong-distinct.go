package wordpairs

import "slices"

func Pairs(sentence []string, window int) [][2]string {
	var pairs [][2]string
	for i, word := range sentence {
		for j, near := range sentence {
			pair := [2]string{word, near}
			if i != j && max(i-j, j-i) <= window && !slices.Contains(pairs, pair) {
				pairs = append(pairs, pair)
			}
		}
	}
	return pairs
}
