package lessons

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestEmbeddedGlossaryResolves(t *testing.T) {
	all, err := Embedded(embeddedLabs(t))
	if err != nil {
		t.Fatal(err)
	}
	terms, err := EmbeddedGlossary(all)
	if err != nil {
		t.Fatal(err)
	}
	sentence := regexp.MustCompile(`[.?!](?: |$)`)
	for _, term := range terms {
		if n := len(sentence.FindAllString(term.Text, -1)); n < 1 || n > 3 || !strings.HasSuffix(term.Text, ".") {
			t.Errorf("%s: %d sentences, want one to three: %s", term.Name, n, term.Text)
		}
		if n := utf8.RuneCountInString(term.Formula); n > widest {
			t.Errorf("%s: the formula takes %d columns, at most %d fit", term.Name, n, widest)
		}
	}
}
