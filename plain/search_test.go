package plain_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/plain"
)

// expectText looks for texts in an output whose lines may be broken anywhere.
func expectText(t *testing.T, output string, texts ...string) {
	t.Helper()
	words := strings.Join(strings.Fields(output), " ")
	for _, text := range texts {
		if !strings.Contains(words, text) {
			t.Errorf("the output does not hold %q:\n%s", text, output)
		}
	}
}

func sampleGlossary(o *plain.Options) {
	o.Start = "second/ask"
	o.Glossary = []lessons.Term{
		{Name: "training", Page: "second/try", Text: "Learning from examples."},
		{Name: "unit", Also: []string{"neuron"}, Page: "second/ask", Formula: "u = h", Text: "A column of a layer."},
	}
}

func TestTermsAreExplained(t *testing.T) {
	expectText(t, pipe(t, "explain\nexplain neuron\nexplain nothing\ngo first\nexplain\n", sampleGlossary),
		"> explain The page uses the terms unit. explain TERM tells what one means.",
		"> explain neuron unit, also neuron: A column of a layer. u = h The page second/ask introduces it.",
		`The glossary has no term "nothing"; search finds words on the pages.`,
		"> explain The page uses no term of the glossary.")
}

func TestSearchTellsPages(t *testing.T) {
	expectText(t, pipe(t, "search\nsearch many\nsearch unit\nsearch zebra\n", sampleGlossary),
		"Name what to search for",
		"> search many 1 place. go ID opens one. 1. second/ask: Ask. How many units?",
		"> search unit 2 places. go ID opens one. 1. second/ask: the term unit. A column of a layer. 2. second/ask: Ask. How many units?",
		`No page has all words of "zebra".`)
	got := pipe(t, "search words\n", func(o *plain.Options) {
		for i := range 12 {
			page := lessons.Page{ID: fmt.Sprintf("second/p%d", i), Title: "P", Blocks: []lessons.Block{lessons.Prose{Markdown: "Words."}}}
			o.Lessons[1].Pages = append(o.Lessons[1].Pages, page)
		}
	})
	expectText(t, got, "12 places, of which these are the best.", "10. second/p9: P. Words.")
	if strings.Contains(got, "11. ") {
		t.Errorf("more than ten places are told:\n%s", got)
	}
}
