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
	terms, err := LoadGlossary(glossary, all)
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

// TestGlossaryNamesTheFirstPage compares the glossary with what is set in bold, as a term is where it is explained.
func TestGlossaryNamesTheFirstPage(t *testing.T) {
	all, err := Embedded(embeddedLabs(t))
	if err != nil {
		t.Fatal(err)
	}
	terms, err := EmbeddedGlossary()
	if err != nil {
		t.Fatal(err)
	}
	bold := regexp.MustCompile(`\*\*([^*]+)\*\*`)
	first, order := map[string]string{}, map[string]int{} // by folded words, and by page
	for _, l := range all {
		for _, p := range l.Pages {
			order[p.ID] = len(order)
			for _, block := range p.Blocks {
				prose, _ := block.(Prose)
				for _, found := range bold.FindAllStringSubmatch(prose.Markdown, -1) {
					if name := strings.Join(folded(found[1]), " "); first[name] == "" {
						first[name] = p.ID
					}
				}
			}
		}
	}
	explained := 0
	for _, term := range terms {
		for _, name := range term.names() {
			page := first[strings.Join(name, " ")]
			if page != "" {
				explained++
			}
			if page != "" && order[page] < order[term.Page] {
				t.Errorf("%s is explained on %s already, the glossary says %s", term.Name, page, term.Page)
			}
		}
	}
	if explained < len(terms)/2 {
		t.Errorf("only %d names of %d terms are in bold on a page", explained, len(terms))
	}
}
