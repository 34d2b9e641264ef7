package lessons

import (
	"errors"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// explained are lessons with the words loss, median and signals on the page a/p.
func explained() []Lesson {
	return []Lesson{{Number: 2, Slug: "a", Pages: []Page{
		{ID: "a/p", Title: "Signals", Blocks: []Block{Prose{"A loss and a median."}}},
		{ID: "a/q", Title: "Q", Blocks: []Block{Prose{"Nothing, a batch."}}},
	}}}
}

func glossaryFS(text string) fs.FS { return fstest.MapFS{"glossary.md": {Data: []byte(text)}} }

func TestLoadGlossary(t *testing.T) {
	text := "\n## loss\npage: a/p\nalso:  cost , Fehler\nformula: L = a:b\n\nOne number.\nSmall\tis good.\n\nMore.\n## Median\npage: a/p\n\nText: it has one.\n"
	want := []Term{
		{Name: "loss", Also: []string{"cost", "Fehler"}, Page: "a/p", Formula: "L = a:b", Text: "One number. Small is good. More."},
		{Name: "Median", Page: "a/p", Text: "Text: it has one."},
	}
	for _, text := range []string{text, strings.ReplaceAll(text, "\n", "\r\n")} {
		if got, err := LoadGlossary(glossaryFS(text), explained()); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %#v, %v", got, err)
		}
	}
	if terms, err := LoadGlossary(fstest.MapFS{}, explained()); terms != nil || err != nil {
		t.Errorf("without a file there are %v, %v", terms, err)
	}
	if _, err := LoadGlossary(fstest.MapFS{"glossary.md": {Mode: fs.ModeDir}}, explained()); err == nil || !strings.HasPrefix(err.Error(), "glossary.md:1: read glossary.md") {
		t.Errorf("for a directory the error is %v", err)
	}
}

func TestGlossaryProblems(t *testing.T) {
	const loss = "## loss\npage: a/p\n\nText.\n" // the next line is 5
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "\n\n", []string{"1: the glossary has no term; write"}},
		{"no UTF-8", "## loss\n\xff", []string{"1: the file is not UTF-8"}},
		{"no term", "# Glossary\n", []string{"1: text before the first term"}},
		{"text first", "\nText.\n" + loss, []string{"2: text before the first term"}},
		{"other heading", loss + "\n### more\n", []string{"6: the heading \"### more\" is none of a term"}},
		{"unknown key", "## loss\npage: a/p\nText.\n\nMore.\n", []string{"3: \"Text.\" is no key of a term; the keys are also, formula and page"}},
		{"no value", "## loss\npage: a/p\nformula:\n\nText.\n", []string{"3: formula has no value"}},
		{"twice", "## loss\npage: a/q\npage: a/p\n\nText.\n", []string{"3: page stands here twice"}},
		{"also twice", "## loss\npage: a/p\nalso: x\nalso: y\n\nText.\n", []string{"4: also stands here twice"}},
		{"no text", "## loss\npage: a/p\n" + "## median\npage: a/p\n\nText.\n", []string{"1: the term \"loss\" has no text"}},
		{"no page", "## loss\n\nText.\n", []string{"1: the term \"loss\" has no page"}},
		{"unknown page", "## loss\npage: a/loss\n\nText.\n", []string{"1: there is no page \"a/loss\""}},
		{"lesson as page", "## loss\npage: a\n\nText.\n", []string{"1: there is no page \"a\""}},
		{"other page", "## loss\npage: a/q\n\nText.\n", []string{"1: the page a/q does not have the term \"loss\""}},
		{"unsorted", "## median\npage: a/p\n\nText.\n\n" + loss, []string{"6: \"loss\" stands after \"median\"; sort"}},
		{"case does not sort", loss + "## Median\npage: a/p\n\nText.\n## SIGNAL\npage: a/p\n\nText.\n", nil},
		{"doubled", loss + loss, []string{"5: \"loss\" is the name of the term at line 1 too"}},
		{"doubled but for case", loss + "## Loss\npage: a/p\n\nText.\n",
			[]string{"5: \"Loss\" stands after", "5: \"Loss\" is the name of the term at line 1 too"}},
		{"doubled name", loss + "## median\npage: a/p\nalso: LOSS\n\nText.\n", []string{"5: \"LOSS\" is the name of the term at line 1 too"}},
		{"occurs nowhere", "## lossless\npage: a/p\n\nText.\n", []string{"1: the term \"lossless\" occurs nowhere in the lessons; remove it"}},
		{"other name occurs", "## lossless\npage: a/p\nalso: loss\n\nText.\n", nil},
		{"no words", "## –\npage: a/p\n\nText.\n## loss\npage: a/p\nalso: loss!, ,\n\nText.\n", []string{
			"1: the name \"–\" has no words", "1: the term \"–\" occurs nowhere",
			"5: \"loss!\" is the name of the term at line 5 too", "5: the name \"\" has no words", "5: the name \"\" has no words",
		}},
		{"several", "## zebra\n\n## loss\nname: x\n", []string{
			"1: the term \"zebra\" has no text", "1: the term \"zebra\" occurs nowhere", "3: \"loss\" stands after \"zebra\"",
			"3: the term \"loss\" has no text", "3: the term \"loss\" has no page", "4: \"name\" is no key of a term",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			terms, err := LoadGlossary(glossaryFS(test.text), explained())
			if test.want == nil {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if err == nil || terms != nil {
				t.Fatalf("got %v, error %v", terms, err)
			}
			slices.SortStableFunc(test.want, func(a, b string) int { return strings.Compare(a[:1], b[:1]) })
			got := strings.Split(err.Error(), "\n")
			if !slices.EqualFunc(got, test.want, func(got, want string) bool { return strings.HasPrefix(got, "glossary.md:"+want) }) {
				t.Errorf("got\n%s\nwant\n%s", err, strings.Join(test.want, "\n"))
			}
			for _, line := range got {
				if !strings.Contains(line, "; ") {
					t.Errorf("%q does not say what to do", line)
				}
			}
		})
	}
}

// FuzzGlossary checks that any file gives either terms that keep the promises of their type or problems at lines that the
// file has, and that whatever is loaded can be searched.
func FuzzGlossary(f *testing.F) {
	f.Add("## loss\npage: a/p\nalso: cost, Fehler\nformula: L\n\nText.\n\n## median\r\npage: a/p\n\nMore.\n# x\n", "los")
	f.Add("##  \x85\n:\n## e\u0301\npage:", "e\u0301 ")
	f.Add("## signals\npage: a/p\nalso: ,\n\n\x1b[m", "\xff")
	f.Fuzz(func(t *testing.T, text, query string) {
		terms, err := LoadGlossary(glossaryFS(text), explained())
		if err != nil {
			var joined interface{ Unwrap() []error }
			if !errors.As(err, &joined) {
				t.Fatalf("%v is not a list of problems", err)
			}
			for _, one := range joined.Unwrap() {
				var p Problem
				if !errors.As(one, &p) || p.Line < 1 || p.Line > 1+strings.Count(text, "\n") || strings.Contains(p.Error(), "\n") {
					t.Errorf("%#v of a file of %d lines", one, 1+strings.Count(text, "\n"))
				}
			}
			return
		}
		for _, term := range terms {
			if term.Name == "" || term.Text == "" || term.Page == "" || strings.ContainsAny(term.Name+term.Text+term.Formula, "\n\x1b") {
				t.Errorf("got %#v", term)
			}
		}
		for _, found := range NewIndex(explained(), terms).Search(query) {
			for _, m := range found.Marks {
				if found.Excerpt[m.From:m.To] == "" {
					t.Errorf("%q marks nothing at %v of %q", query, m, found.Excerpt)
				}
			}
		}
	})
}
