package lessons

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// writer writes the lessons of a directory, which a workshop follows.
type writer struct {
	t      *testing.T
	dir    string
	drafts *Drafts
}

// newWriter begins with the lessons 1 to 3 and a glossary.
func newWriter(t *testing.T) *writer {
	t.Helper()
	w := &writer{t: t, dir: t.TempDir()}
	for number := 1; number <= 3; number++ {
		w.lesson(number, "A loss.")
	}
	w.write("glossary.md", "## loss\npage: l1/p\n\nOne number.\n")
	all, err := LoadDir(w.dir, known())
	if err != nil {
		t.Fatal(err)
	}
	terms, err := LoadGlossaryDir(w.dir, all)
	if err != nil {
		t.Fatal(err)
	}
	w.drafts = NewDrafts(w.dir, known(), all, terms)
	return w
}

func (w *writer) write(file, text string) {
	w.t.Helper()
	path := filepath.Join(w.dir, file)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// lesson writes the lesson with a number, of one page, whose text begins at line 8.
func (w *writer) lesson(number int, text string) {
	w.t.Helper()
	w.write(fmt.Sprintf("%02d-l%d/lesson.md", number, number),
		fmt.Sprintf("---\nnumber: %d\nslug: l%d\ntitle: L\nminutes: 3\n---\n# P\n%s\n", number, number, text))
}

// expect reads the files anew and compares the texts of the lessons, the terms of the glossary, and the beginnings of the
// mistakes, below the directory, that are found by each slug.
func (w *writer) expect(texts, terms []string, mistakes map[string][]string) {
	w.t.Helper()
	draft, err := w.drafts.Read()
	if err != nil {
		w.t.Fatal(err)
	}
	var gotTexts, gotTerms []string
	for _, l := range draft.Lessons {
		gotTexts = append(gotTexts, l.Pages[0].Blocks[0].(Prose).Markdown)
	}
	for _, term := range draft.Glossary {
		gotTerms = append(gotTerms, term.Text)
	}
	if !slices.Equal(gotTexts, texts) || !slices.Equal(gotTerms, terms) {
		w.t.Errorf("the lessons are %q and the glossary is %q, want %q and %q", gotTexts, gotTerms, texts, terms)
	}
	if len(draft.Mistakes) != len(mistakes) {
		w.t.Errorf("the mistakes are %v, want %v", draft.Mistakes, mistakes)
	}
	for slug, want := range mistakes {
		if got := draft.Mistakes[slug]; !slices.EqualFunc(got, want, func(got Problem, want string) bool {
			return strings.HasPrefix(got.Error(), filepath.Join(w.dir, want))
		}) {
			w.t.Errorf("the mistakes of %q are %v, want %v", slug, got, want)
		}
	}
}

const brokenText = "Text.\n\n```lab tarin\ntext: x\n```" // with the mistake at line 10

func TestEachLessonKeepsItsLastGoodVersion(t *testing.T) {
	w := newWriter(t)
	terms := []string{"One number."}
	w.lesson(1, "A small loss.")
	w.lesson(2, brokenText)
	w.lesson(3, "Two losses.")
	w.expect([]string{"A small loss.", "A loss.", "Two losses."}, terms,
		map[string][]string{"l2": {`02-l2/lesson.md:10: there is no lab "tarin"`}})
	// What the others show changes meanwhile, and each keeps what it had last.
	w.lesson(1, brokenText)
	w.lesson(3, "Three losses.")
	w.expect([]string{"A small loss.", "A loss.", "Three losses."}, terms,
		map[string][]string{"l1": {"01-l1/lesson.md:10: "}, "l2": {"02-l2/lesson.md:10: "}})
	w.lesson(2, "Mended.")
	if err := os.RemoveAll(filepath.Join(w.dir, "03-l3")); err != nil {
		t.Fatal(err)
	}
	w.expect([]string{"A small loss.", "Mended."}, terms, map[string][]string{"l1": {"01-l1/lesson.md:10: "}})
}

func TestLessonsThatWereRightAtNoTimeAreLeftOut(t *testing.T) {
	w := newWriter(t)
	w.lesson(4, brokenText)
	w.expect([]string{"A loss.", "A loss.", "A loss."}, []string{"One number."}, map[string][]string{"": {"04-l4/lesson.md:10: "}})
	w.lesson(4, "New.")
	w.expect([]string{"A loss.", "A loss.", "A loss.", "New."}, []string{"One number."}, nil)
	for number := 1; number <= 4; number++ {
		if err := os.RemoveAll(filepath.Join(w.dir, fmt.Sprintf("%02d-l%d", number, number))); err != nil {
			t.Fatal(err)
		}
	}
	w.lesson(5, brokenText)
	for range 2 {
		if _, err := w.drafts.Read(); err == nil || !strings.Contains(err.Error(), "05-l5/lesson.md:10: ") {
			t.Errorf("without a lesson to show the error is %v", err)
		}
	}
}

func TestGlossaryIsReadWithTheLessons(t *testing.T) {
	w := newWriter(t)
	texts := []string{"A loss.", "A loss.", "A loss."}
	w.write("glossary.md", "## loss\npage: l2/p\n\nHow bad.\n")
	w.expect(texts, []string{"How bad."}, nil)
	w.write("glossary.md", "## loss\npage: l2/q\n\nHow good.\n")
	w.expect(texts, []string{"How bad."}, map[string][]string{"": {`glossary.md:1: there is no page "l2/q"`}})
	// A term whose page is gone cannot be followed.
	if err := os.RemoveAll(filepath.Join(w.dir, "02-l2")); err != nil {
		t.Fatal(err)
	}
	w.expect(texts[:2], nil, map[string][]string{"": {`glossary.md:1: there is no page "l2/q"`}})
	w.write("glossary.md", "## loss\npage: l1/p\n\nMended.\n")
	w.expect(texts[:2], []string{"Mended."}, nil)
	if err := os.Remove(filepath.Join(w.dir, "glossary.md")); err != nil {
		t.Fatal(err)
	}
	w.expect(texts[:2], nil, nil)
}
