package lessons

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// library is lessons in which searches find one thing of each kind.
func library() ([]Lesson, []Term) {
	all := []Lesson{
		{Number: 0, Slug: "first", Title: "Signals", Pages: []Page{
			{ID: "first/noise", Title: "Noise", Blocks: []Block{
				Prose{"Noise is *what* nobody asked for.\n\n- A naïve `filter`\n- a loss, and a second loss\n\n| noisy | clean |\n|---|--:|\n| 12 | 7 |\n"},
				Prose{"## A heading\n\nloss again\n\n```go\nfunc median() {}\n```\n"},
			}},
			{ID: "first/loss", Title: "The loss", Blocks: []Block{
				Prose{"It is small\x1b[31m where noise is."},
				Lab{ID: "noise-bench", Text: "Turn it up."},
				Quiz{Question: "Which *one* wins?", Choices: []Choice{{"the wolf", true, "secret"}, {"the fox", false, "hidden"}}},
				Figure{Caption: "A funnel.", Art: "zigzag"},
				Exercise{ID: "gradients"},
			}},
		}},
		{Number: 1, Slug: "second", Title: "Walking about", Pages: []Page{
			{ID: "second/start", Title: "Start", Blocks: []Block{Prose{"A lossless start, with no loss."}}},
			{ID: "second/end", Title: "End", Blocks: []Block{Prose{"Here it ends."}}},
		}},
	}
	return all, []Term{
		{Name: "loss", Also: []string{"cost"}, Page: "first/loss", Text: "One number. The loss is small where things are right."},
		{Name: "median", Page: "first/noise", Text: "The middle one."},
	}
}

func TestSearch(t *testing.T) {
	all, terms := library()
	ix := NewIndex(all, terms)
	for query, want := range map[string][]string{
		"":     nil,
		" … ":  nil,
		"loss": {"title first/loss", "term first/loss", "text first/noise loss/0.0", "text second/start lossless/0.0"},
		// Each word may be the beginning of one; every word must be there.
		"LOS sec":         {"text first/noise loss/0.0"},
		"loss wolf":       {"spread first/loss wolf/2.0"},
		"loss zebra":      nil,
		"oss":             nil,
		"naive":           {"text first/noise naive/0.0"},
		"NAI\u0308VE fil": {"text first/noise naive/0.0"},
		"again":           {"text first/noise again/1.0"},
		"media":           {"term first/noise", "text first/noise median/1.0"},
		"cost":            {"term first/loss"},
		"bench noise":     {"lab first/loss noise/1.0"},
		"secret":          nil, // nobody shall read an answer before they gave one
		"zigzag":          nil,
		"funnel":          {"text first/loss funnel/3.0"},
		"gradients":       {"text first/loss gradients/4.0"},
		"clean noisy":     {"text first/noise noisy/0.0"},
		// The title of a lesson finds its first page, and its others with a word of theirs.
		"walking":         {"title second/start"},
		"about ends":      {"spread second/end ends/0.0"},
		"walking zebra":   nil,
		"signals wolf":    {"spread first/loss wolf/2.0"},
		"heading median":  {"spread first/noise heading/1.0"},
		"31m":             {"text first/loss 31m/0.0"},
		"noise nobody 12": {"spread first/noise noise/0.0"},
	} {
		var got []string
		for _, f := range ix.Search(query) {
			got = append(got, described(all, f))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

// described is the kind of what was found, its page, and the spot where it is no title or term.
func described(all []Lesson, f Found) string {
	kinds := map[Kind]string{InTitle: "title", InTerm: "term", InLab: "lab", InText: "text", Spread: "spread"}
	text := kinds[f.Kind] + " " + all[f.Place.Lesson].Pages[f.Place.Page].ID
	if f.Kind != InTitle && f.Kind != InTerm {
		text += fmt.Sprintf(" %s/%d.%d", f.Spot.Word, f.Spot.Block, f.Spot.Nth)
	}
	return text
}

func TestSearchMarksItsWords(t *testing.T) {
	all, terms := library()
	found := NewIndex(all, terms).Search("a nai")
	if len(found) != 1 {
		t.Fatalf("found %v", found)
	}
	var marked []string
	for _, m := range found[0].Marks {
		marked = append(marked, found[0].Excerpt[m.From:m.To])
	}
	if want := []string{"A", "naïve"}; found[0].Excerpt != "A naïve filter" || !slices.Equal(marked, want) {
		t.Errorf("the excerpt %q is marked at %q, want %q", found[0].Excerpt, marked, want)
	}
	for _, f := range NewIndex(all, terms).Search("small") {
		if strings.Contains(f.Excerpt, "\x1b") {
			t.Errorf("the excerpt %q has a control character", f.Excerpt)
		}
	}
}

func TestSpotsCountWithinTheirBlock(t *testing.T) {
	all := []Lesson{{Pages: []Page{{ID: "a/b", Blocks: []Block{
		Prose{"noise"}, Prose{"noise\n\nmore noise, and noise\n\nthe noise of a **motor**"},
	}}}}}
	ix := NewIndex(all, []Term{{Name: "motor", Page: "a/b"}})
	if got, want := ix.Search("noise motor")[0].Spot, (Spot{1, "noise", 3}); got != want {
		t.Errorf("the spot is %v, want %v", got, want)
	}
	if _, got := ix.Introduction(Term{Name: "noise of a motor", Page: "a/b"}); got != (Spot{1, "noise", 3}) {
		t.Errorf("the term stands at %v", got)
	}
	if _, got := ix.Introduction(Term{Name: "engine", Page: "a/b"}); got != (Spot{Block: -1}) {
		t.Errorf("a term that is not there stands at %v", got)
	}
}

func TestTermsOfAPage(t *testing.T) {
	all, _ := library()
	terms := []Term{{Name: "A naive filter"}, {Name: "Noise"}, {Name: "boss"}, {Name: "fil"}, {Name: "number", Also: []string{"loss"}}}
	ix := NewIndex(all, terms)
	if got, want := ix.Terms(Place{0, 0}), []int{0, 1, 4}; !slices.Equal(got, want) {
		t.Errorf("the page uses the terms %v, want %v", got, want)
	}
	// Plurals count, titles too.
	ix = NewIndex([]Lesson{{Pages: []Page{{Title: "Batches", Blocks: []Block{Prose{"All losses, two nets"}}}}}},
		[]Term{{Name: "batch"}, {Name: "loss"}, {Name: "net"}, {Name: "all net"}})
	if got, want := ix.Terms(Place{0, 0}), []int{0, 1, 2}; !slices.Equal(got, want) {
		t.Errorf("the page uses the terms %v, want %v", got, want)
	}
	if got := ix.Terms(Place{3, 0}); got != nil {
		t.Errorf("a page that is not there uses the terms %v", got)
	}
}

func TestExplain(t *testing.T) {
	_, terms := library()
	for name, want := range map[string][]string{
		"": {"loss", "median"}, "LOSS": {"loss"}, "cost": {"loss"}, "me": {"median"}, "one": {"loss", "median"}, "zebra": nil,
	} {
		var got []string
		for _, term := range Explain(terms, name) {
			got = append(got, term.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q is explained by %q, want %q", name, got, want)
		}
	}
}

func TestWholeWordsStandBeforeBeginnings(t *testing.T) {
	all := []Lesson{{Pages: []Page{
		{ID: "a/begins", Blocks: []Block{Prose{"lossless, lossless and lossless"}}},
		{ID: "a/one", Blocks: []Block{Prose{"a loss"}}},
		{ID: "a/two", Blocks: []Block{Prose{"a loss\n\na loss"}}},
	}}}
	var got []string
	for _, f := range NewIndex(all, nil).Search("loss") {
		got = append(got, all[0].Pages[f.Place.Page].ID)
	}
	if want := []string{"a/two", "a/one", "a/begins"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}
