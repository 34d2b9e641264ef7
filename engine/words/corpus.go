package words

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Corpus is a text of sentences over a vocabulary. It does not change once it is made, so any number of goroutines may
// read it.
type Corpus struct {
	vocabulary vocabulary
	counts     []int   // of each word, [words]
	tokens     []int32 // the sentences one after another, as indices of words
	ends       []int   // where each sentence ends in tokens, [sentences]
}

// DefaultSentences is the length of a corpus that the default Config learns the world's relations from.
const DefaultSentences = 20_000

// maxSentences bounds a corpus to what trains within minutes.
const maxSentences = 1_000_000

// Streams keep the random numbers of one seed apart, so that using more of one does not change another.
const (
	corpusStream = iota
	weightStream
	trainStream
)

// Generate makes up a corpus of some sentences, from 1 to a million. The same seed gives the same corpus.
func Generate(seed int64, sentences int) (*Corpus, error) {
	if sentences < 1 || sentences > maxSentences {
		return nil, fmt.Errorf("a corpus of %d sentences; take from 1 to %d", sentences, maxSentences)
	}
	random := rand.New(rand.NewPCG(uint64(seed), corpusStream))
	rules := scenes()
	text := make([][]string, sentences)
	for i := range text {
		text[i] = rules[random.IntN(len(rules))].sentence(random)
	}
	return newCorpus(text), nil
}

// newCorpus counts the words of some sentences. The most frequent word comes first, words of one frequency in the order
// of the alphabet.
func newCorpus(sentences [][]string) *Corpus {
	counts := map[string]int{}
	for _, sentence := range sentences {
		for _, word := range sentence {
			counts[word]++
		}
	}
	words := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	c := &Corpus{vocabulary: newVocabulary(words)}
	index := make(map[string]int32, len(words))
	for i, word := range words {
		c.counts = append(c.counts, counts[word])
		index[word] = int32(i)
	}
	for _, sentence := range sentences {
		for _, word := range sentence {
			c.tokens = append(c.tokens, index[word])
		}
		c.ends = append(c.ends, len(c.tokens))
	}
	return c
}

// Sentences is the number of sentences.
func (c *Corpus) Sentences() int { return len(c.ends) }

// Tokens is the number of words in all sentences together.
func (c *Corpus) Tokens() int { return len(c.tokens) }

// Words is the vocabulary, the most frequent word first.
func (c *Corpus) Words() []string { return slices.Clone(c.vocabulary.words) }

// Count is how often a word occurs. Its error is an UnknownWordError.
func (c *Corpus) Count(word string) (int, error) {
	i, err := c.vocabulary.find(word)
	if err != nil {
		return 0, err
	}
	return c.counts[i], nil
}

// Sample is the first n sentences as they are written, or all where there are fewer: "The king wore the crown." Each
// sentence is made up without regard to the others, so the first are as good a sample as any.
func (c *Corpus) Sample(n int) []string {
	return c.collect(n, func([]int32) bool { return true })
}

// Examples is like Sample for the sentences that contain a word. Its error is an UnknownWordError.
func (c *Corpus) Examples(word string, n int) ([]string, error) {
	i, err := c.vocabulary.find(word)
	if err != nil {
		return nil, err
	}
	return c.collect(n, func(sentence []int32) bool { return slices.Contains(sentence, int32(i)) }), nil
}

func (c *Corpus) collect(n int, wanted func([]int32) bool) []string {
	var written []string
	for i := 0; i < len(c.ends) && len(written) < n; i++ {
		if sentence := c.sentence(i); wanted(sentence) {
			written = append(written, c.write(sentence))
		}
	}
	return written
}

// sentence is sentence i as indices of words.
func (c *Corpus) sentence(i int) []int32 {
	start := 0
	if i > 0 {
		start = c.ends[i-1]
	}
	return c.tokens[start:c.ends[i]]
}

// write puts a sentence into letters, with a capital first and a full stop last.
func (c *Corpus) write(sentence []int32) string {
	words := make([]string, 0, len(sentence))
	for _, token := range sentence {
		words = append(words, c.vocabulary.words[token])
	}
	text := strings.Join(words, " ")
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:] + "."
}
