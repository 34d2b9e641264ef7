package words

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// generate makes a corpus of the size that the tests train on.
func generate(t *testing.T, seed int64) *Corpus {
	t.Helper()
	c, err := Generate(seed, 5000)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestGenerateIsDecidedByItsSeed(t *testing.T) {
	first, again, other := generate(t, 1), generate(t, 1), generate(t, 2)
	if !slices.Equal(first.tokens, again.tokens) || !slices.Equal(first.Words(), again.Words()) {
		t.Error("one seed gave two corpora")
	}
	if slices.Equal(first.Sample(100), other.Sample(100)) {
		t.Error("two seeds gave one corpus")
	}
}

func TestCorpusHoldsTheSizePromised(t *testing.T) {
	c, err := Generate(1, DefaultSentences)
	if err != nil {
		t.Fatal(err)
	}
	if n := c.Sentences(); n != DefaultSentences {
		t.Errorf("%d sentences, want %d", n, DefaultSentences)
	}
	if n := c.Tokens(); n < 150_000 || n > 180_000 {
		t.Errorf("%d tokens, want about 165,000", n)
	}
	if n := len(c.Words()); n < 380 || n > 420 {
		t.Errorf("%d words, want about 400", n)
	}
}

// TestSentencesAreWritten reads every sentence back from its letters and counts the words again.
func TestSentencesAreWritten(t *testing.T) {
	c := generate(t, 1)
	text := c.Sample(c.Sentences() + 10)
	if len(text) != c.Sentences() {
		t.Fatalf("Sample gave %d sentences, want all %d", len(text), c.Sentences())
	}
	plain := regexp.MustCompile(`^[A-Z][a-z]*( [A-Za-z][a-z]*){2,14}\.$`)
	counts, tokens := map[string]int{}, 0
	for _, sentence := range text {
		if !plain.MatchString(sentence) {
			t.Fatalf("not a plain sentence: %q", sentence)
		}
		for word := range strings.FieldsSeq(strings.TrimSuffix(sentence, ".")) {
			counts[strings.ToLower(word)]++
			tokens++
		}
	}
	if tokens != c.Tokens() {
		t.Errorf("%d tokens, want %d", c.Tokens(), tokens)
	}
	last := c.Sentences() * 20
	for _, word := range c.Words() {
		n, err := c.Count(word)
		if err != nil || n != counts[strings.ToLower(word)] {
			t.Errorf("Count(%s) = %d, %v; the text has %d", word, n, err, counts[strings.ToLower(word)])
		}
		if n > last {
			t.Errorf("%s comes after a rarer word", word)
		}
		last = n
	}
	// A word in capital and in small letters would be one word to a learner and two to the corpus.
	if len(counts) != len(c.Words()) {
		t.Errorf("%d words, of which %d differ in more than capitals", len(c.Words()), len(counts))
	}
}

func TestExamples(t *testing.T) {
	c := generate(t, 1)
	queens, err := c.Examples("Queen", 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := c.Count("queen"); len(queens) != n {
		t.Errorf("%d sentences with the queen, who occurs %d times", len(queens), n)
	}
	for _, sentence := range queens {
		if !strings.Contains(strings.ToLower(sentence), "queen") {
			t.Errorf("an example without its word: %q", sentence)
		}
	}
	if few, _ := c.Examples("queen", 3); !slices.Equal(few, queens[:3]) {
		t.Errorf("three examples are %q, want the first of all", few)
	}
	if none, err := c.Examples("queen", 0); len(none) != 0 || err != nil {
		t.Errorf("no examples asked for, got %q, %v", none, err)
	}
	var unknown *UnknownWordError
	if _, err := c.Examples("qween", 3); !errors.As(err, &unknown) {
		t.Errorf("Examples of an unknown word: %v", err)
	}
	if _, err := c.Count("qween"); !errors.As(err, &unknown) {
		t.Errorf("Count of an unknown word: %v", err)
	}
}

// TestNoSentenceStatesAnAnswer: an analogy may only be learned from what its words have in common, so the two words of
// a pair, and the three of a remainder, never meet.
func TestNoSentenceStatesAnAnswer(t *testing.T) {
	c, err := Generate(3, DefaultSentences)
	if err != nil {
		t.Fatal(err)
	}
	together := map[[2]string]bool{}
	for i := range c.Sentences() {
		for _, a := range c.sentence(i) {
			for _, b := range c.sentence(i) {
				together[[2]string{c.vocabulary.words[a], c.vocabulary.words[b]}] = true
			}
		}
	}
	apart := func(a, b string) {
		if together[[2]string{a, b}] {
			t.Errorf("%s and %s share a sentence", a, b)
		}
	}
	for _, family := range Families() {
		for _, q := range family.Questions {
			if len(q.Expression) == 2 {
				apart(q.Expression[0].Word, q.Answer)
				continue
			}
			apart(q.Expression[0].Word, q.Answer)
			apart(q.Expression[1].Word, q.Expression[2].Word)
		}
	}
	if !together[[2]string{"king", "crown"}] {
		t.Error("king and crown never meet, so the test sees nothing")
	}
}

func TestPronounsAgree(t *testing.T) {
	c := generate(t, 1)
	for word, wrong := range map[string]string{"king": "she|her|herself|Anna", "queen": "he|him|his|himself|Henry"} {
		sentences, err := c.Examples(word, 1000)
		if err != nil {
			t.Fatal(err)
		}
		other := regexp.MustCompile(`(?i)\b(` + wrong + `)\b`)
		for _, sentence := range sentences {
			if other.MatchString(sentence) {
				t.Fatalf("the %s is of the wrong gender: %q", word, sentence)
			}
		}
	}
}

func TestGenerateErrors(t *testing.T) {
	for _, n := range []int{-1, 0, maxSentences + 1} {
		if _, err := Generate(1, n); err == nil || !strings.Contains(err.Error(), "take from 1 to 1000000") {
			t.Errorf("Generate(1, %d) = %v", n, err)
		}
	}
}
