package words

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// vocabulary is a list of words and the way from a word to its place.
type vocabulary struct {
	words []string
	index map[string]int // by the word in small letters
}

func newVocabulary(words []string) vocabulary {
	v := vocabulary{words: words, index: make(map[string]int, len(words))}
	for i, word := range words {
		v.index[strings.ToLower(word)] = i
	}
	return v
}

// find is the place of a word, written in capital or small letters.
func (v vocabulary) find(word string) (int, error) {
	if i, ok := v.index[strings.ToLower(word)]; ok {
		return i, nil
	}
	return 0, &UnknownWordError{Word: word, Words: len(v.words), Closest: v.closest(word)}
}

// maxClosest is how many words an UnknownWordError suggests.
const maxClosest = 3

// closest are the known words that the fewest edits turn a word into, the closest first. A word that would change by
// more than half of its letters is no suggestion.
func (v vocabulary) closest(word string) []string {
	type candidate struct {
		word  string
		edits int
	}
	var candidates []candidate
	typed := []rune(strings.ToLower(word))
	for _, known := range v.words {
		letters := []rune(strings.ToLower(known))
		if edits := editDistance(typed, letters); 2*edits <= max(len(typed), len(letters)) {
			candidates = append(candidates, candidate{known, edits})
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return cmp.Compare(a.edits, b.edits) })
	var closest []string
	for _, c := range candidates[:min(len(candidates), maxClosest)] {
		closest = append(closest, c.word)
	}
	return closest
}

// editDistance is the least number of letters to insert, delete or replace that turns a into b (Levenshtein 1966), row
// by row after Wagner and Fischer 1974.
func editDistance(a, b []rune) int {
	row := make([]int, len(b)+1) // distances from a's first letters to the first j of b
	for j := range row {
		row[j] = j
	}
	for i, letter := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, other := range b {
			replaced := diagonal
			if letter != other {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}

// UnknownWordError names a word without a vector.
type UnknownWordError struct {
	Word    string
	Words   int      // how many words are known
	Closest []string // known words of similar spelling, the closest first; may be empty
}

func (e *UnknownWordError) Error() string {
	if len(e.Closest) == 0 {
		return fmt.Sprintf("%q is not one of the %d known words, and none is spelled like it", e.Word, e.Words)
	}
	return fmt.Sprintf("%q is not one of the %d known words; spelled like it: %s", e.Word, e.Words,
		strings.Join(e.Closest, ", "))
}
