package lessons

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// FuzzLoad checks that any file gives either a lesson that keeps the promises of its types or problems at lines that the
// file has.
func FuzzLoad(f *testing.F) {
	sample, err := os.ReadFile("testdata/good/02-sample/lesson.md")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(sample))
	f.Add(front + "# P\n> - ```\n> ```lab train\n\ttext: &a [*a]\n```\n===\n# \n")
	f.Add(front + "# P\n```quiz\nquestion: |\n  q\nchoices: [{<<: {text: a}}]\n```")
	f.Add("---\n? number\n: 2\n--- \r\n~~~figure\n")
	f.Fuzz(func(t *testing.T, text string) {
		lessons, err := Load(fstest.MapFS{"02-a/lesson.md": {Data: []byte(text)}}, known())
		if err == nil {
			checkLesson(t, lessons)
			return
		}
		var joined interface{ Unwrap() []error }
		if !errors.As(err, &joined) {
			t.Fatalf("%v is not a list of problems", err)
		}
		for _, one := range joined.Unwrap() {
			var p Problem
			if !errors.As(one, &p) || p.Line < 1 || p.Line > 1+strings.Count(text, "\n") || p.What == "" || p.Do == "" || strings.Contains(p.Error(), "\n") {
				t.Errorf("%#v of a file of %d lines", one, 1+strings.Count(text, "\n"))
			}
		}
	})
}

// checkLesson checks what a reader of a Lesson relies on.
func checkLesson(t *testing.T, lessons []Lesson) {
	t.Helper()
	if len(lessons) != 1 || len(lessons[0].Pages) == 0 || lessons[0].Slug != "a" || lessons[0].Number != 2 {
		t.Fatalf("got %#v", lessons)
	}
	ids := map[string]bool{}
	for _, page := range lessons[0].Pages {
		if ids[page.ID] || page.Title == "" || len(page.Blocks) == 0 {
			t.Fatalf("got page %#v", page)
		}
		ids[page.ID] = true
		for _, block := range page.Blocks {
			if !complete(block) {
				t.Fatalf("got %#v", block)
			}
		}
	}
}

// complete says whether a block has all that a reader shows.
func complete(block Block) bool {
	switch b := block.(type) {
	case Prose:
		return strings.TrimSpace(b.Markdown) != ""
	case Lab:
		return b.ID == "train" && b.Text != ""
	case Quiz:
		right := 0
		for _, c := range b.Choices {
			if c.Text == "" || c.Why == "" {
				return false
			}
			if c.Correct {
				right++
			}
		}
		return b.Question != "" && right > 0 && right < len(b.Choices)
	case Exercise:
		return b.ID == "loss"
	case Figure:
		return b.Caption != "" && b.Art != ""
	default:
		return false
	}
}
