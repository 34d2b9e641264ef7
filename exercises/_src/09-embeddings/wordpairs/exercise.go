// Package wordpairs is an exercise of the lesson "Embeddings".
//
// Skip-gram learns from pairs: a word, and a word that stands near it in a sentence.
// Edit this file as you like, but keep the signature of Pairs. Then run: aetutor check wordpairs
package wordpairs

// Pairs returns each word of a sentence with each word that stands near it: at most window places before or after.
// The order of the pairs does not matter. A word that stands there twice is near itself where its two places are near,
// and a pair is returned once for each two places where it stands.
//
//	sentence: [words]
//	window:   how many places away a word is near
//	return:   [pairs], each of a word and one near it
func Pairs(sentence []string, window int) [][2]string {
	var pairs [][2]string
	for i, word := range sentence {
		for j, near := range sentence {
			distance := j - i // negative for a word before
			// TODO: leave out what stands too far before the word, and the word itself.
			if distance <= window {
				pairs = append(pairs, [2]string{word, near})
			}
		}
	}
	return pairs
}
