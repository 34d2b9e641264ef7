package lessons

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// known is what the test lessons may name.
func known() Known {
	return Known{
		Labs:      map[string][]string{"train": {"seed", "epochs", "lr", "hidden"}},
		Exercises: map[string]bool{"loss": true},
	}
}

func TestLoad(t *testing.T) {
	got, err := Load(os.DirFS("testdata/good"), known())
	if err != nil {
		t.Fatal(err)
	}
	want := []Lesson{
		{Number: 2, Slug: "sample", Title: "A sample", Minutes: 30, Pages: []Page{
			{ID: "sample/what-the-code-z-keeps", Title: "What the code z keeps", Blocks: []Block{
				Prose{"    indented code comes first\n\nSome *prose*.\n\n## A heading below\n\n```go\n# not a heading\n```\n\n" +
					"1. A list with code\n\n   ```text\n   ```lab train\n   ```\n\n> # A quoted heading is prose"},
				Lab{ID: "train", Text: "Watch it learn.", Set: map[string]string{"epochs": "2", "lr": "1e-3", "hidden": "256,64"}},
				Prose{"After the lab."},
			}},
			{ID: "sample/second-page", Title: "Second page", Blocks: []Block{
				Quiz{"Why?", []Choice{{"Because", true, "It is so."}, {"Two\nlines", false, "It is not."}}},
				Exercise{"loss"},
				Figure{"An hourglass", "\\   /\n \\_/"},
			}},
		}},
		{Number: 3, Slug: "next", Title: "Next: after the sample", Minutes: 5, Pages: []Page{
			{ID: "next/one-page", Title: "One page", Blocks: []Block{Prose{"It has text."}}},
		}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%#v\nwant\n%#v", got, want)
	}
}

func TestCarriageReturnsAreLineBreaks(t *testing.T) {
	text, err := os.ReadFile("testdata/good/02-sample/lesson.md")
	if err != nil {
		t.Fatal(err)
	}
	load := func(text string) []Lesson {
		lessons, err := Load(fstest.MapFS{"02-sample/lesson.md": {Data: []byte(text)}}, known())
		if err != nil {
			t.Fatal(err)
		}
		return lessons
	}
	if !reflect.DeepEqual(load(string(text)), load(strings.ReplaceAll(string(text), "\n", "\r\n"))) {
		t.Error("a file with carriage returns gives other lessons")
	}
}

// front is a good front matter of five lines and an end, so that a body begins at line 7.
const front = "---\nnumber: 2\nslug: a\ntitle: A\nminutes: 3\n---\n"

func TestProblems(t *testing.T) {
	const page = front + "# P\n" // a body's first line is 8
	for _, test := range []struct {
		name, text string
		want       []string // the beginning of each problem after the file
	}{
		{"empty file", "", []string{"1: the file does not begin with ---; begin with ---"}},
		{"no UTF-8", "---\n\xff", []string{"1: the file is not UTF-8"}},
		{"no end", "---\nnumber: 2\n", []string{"1: the front matter has no end"}},
		{"empty front matter", "---\n---\n# P\ntext\n", []string{"2: there is nothing in it"}},
		{"front matter is a list", "---\n- a\n---\n# P\ntext\n", []string{"2: it is not a list of `key: value` lines"}},
		{"unknown key", "---\nnumber: 2\nslug: a\nname: A\n---\n", []string{"4: unknown field \"name\""}},
		{"doubled key", "---\nnumber: 2\nslug: a\nslug: b\n---\n", []string{"4: mapping key \"slug\" already defined"}},
		{"bad YAML", "---\nnumber: 2\nslug: [a\n---\n", []string{"3: sequence end token ']' not found"}},
		{"no values", "---\nslug: a\n---\n# P\ntext\n",
			[]string{"1: the front matter has no number", "1: the front matter has no title", "1: the front matter has no minutes"}},
		{"fraction", "---\nnumber: 2.5\n---\n", []string{"2: \"2.5\" is not a whole number"}},
		{"word for a number", "---\nslug: a\nnumber: two\n---\n", []string{"3: \"two\" is not a whole number"}},
		{"minutes", strings.Replace(page, "minutes: 3", "minutes: 0", 1) + "text\n", []string{"5: the lesson takes 0 minutes; write 1 to 240"}},
		{"number of the directory", strings.Replace(page, "number: 2", "number: 4", 1) + "text\n",
			[]string{"2: the number is 4, the directory says 02"}},
		{"slug of the directory", strings.Replace(page, "slug: a", "slug: b", 1) + "text\n",
			[]string{"3: the slug is \"b\", the directory says \"a\""}},

		{"no page", front, []string{"6: the lesson has no page"}},
		{"text without heading", front + "\n\ntext\n", []string{"9: text before the first heading"}},
		{"text before heading", front + "text\n\n# P\ntext\n", []string{"7: text before the first heading"}},
		{"directive before heading", front + "\n```exercise loss\n```\n# P\ntext\n", []string{"8: text before the first heading"}},
		{"empty page", page + "\n# Q\ntext\n# R\n", []string{"7: the page \"P\" is empty", "11: the page \"R\" is empty"}},
		{"same title", page + "text\n# Q\ntext\n#   p?\ntext\n", []string{"11: the page at line 7 has the id \"a/p\" too"}},
		{"empty heading", page + "text\n\n#\n\ntext\n", []string{"10: the heading has no words"}},
		{"wordless heading", page + "text\n# ***\ntext\n", []string{"9: the heading has no words"}},
		{"underlined heading", page + "text\n\nQ\n===\n\ntext\n", []string{"10: a heading underlined with ="}},

		{"near miss", page + "```quizz\n```\n", []string{"8: \"quizz\" is no directive; the directives are exercise, figure, lab, quiz; code is go, json, sh, text"}},
		{"other language", page + "text\n~~~python\n~~~\n", []string{"9: \"python\" is no directive"}},
		{"no word", page + "text\n\n```\ncode\n```\n", []string{"10: a fence without a word"}},
		{"no word, empty", page + "text\n\n```text\n```\n\n```\n```\n", []string{"13: a fence without a word"}},
		{"nested directive", page + "- item\n\n  ```exercise loss\n  ```\n\n> ```quiz\n> ```\n",
			[]string{"10: the exercise stands in a list", "13: the quiz stands in a list"}},
		{"nested near miss", page + "> ```lap train\n> text: x\n> ```\n", []string{"8: \"lap\" is no directive"}},
		{"never closed", page + "```text\ncode\n\n# Q\n", []string{"8: the fence is never closed"}},
		{"never closed, empty", page + "```exercise loss", []string{"8: the fence is never closed"}},
		{"nested, never closed", page + "> ```text\n> code\n\nmore\n", []string{"8: the fence is never closed"}},

		{"unknown lab", page + "```lab tarin\ntext: x\n```\n", []string{"8: there is no lab \"tarin\"; name one that there is: train"}},
		{"no lab id", page + "```lab\ntext: x\n```\n", []string{"8: the lab names 0 ids; name one, like ```lab ID"}},
		{"two lab ids", page + "```lab train x\ntext: x\n```\n", []string{"8: the lab names 2 ids"}},
		{"unknown parameter", page + "```lab train\ntext: x\nset:\n  epochs: 2\n  epoch: 2\n```\n",
			[]string{"12: the lab train has no parameter \"epoch\"; set one that it has: epochs, hidden, lr, seed"}},
		{"list as a parameter", page + "```lab train\ntext: x\nset:\n  hidden: [256, 64]\n```\n", []string{"11: a Sequence where one value belongs"}},
		{"parameters as text", page + "```lab train\ntext: x\nset: epochs\n```\n", []string{"10: `set` is not a list of `key: value` lines"}},
		{"doubled parameter", page + "```lab train\ntext: x\nset:\n  lr: 1\n  lr: 2\n```\n", []string{"12: mapping key \"lr\" already defined"}},
		{"lab without text", page + "```lab train\nset: {lr: 1}\n```\n", []string{"8: the lab has no text"}},
		{"lab without body", page + "```lab train\n```\n", []string{"9: there is nothing in it"}},
		{"unknown lab key", page + "```lab train\ntext: x\n\ntask: y\n```\n", []string{"11: unknown field \"task\""}},
		{"two documents", page + "```lab train\ntext: x\n---\ntext: y\n```\n", []string{"10: a second YAML document"}},

		{"quiz without question", page + "```quiz\nchoices:\n- {text: a, correct: true, why: b}\n- {text: c, why: d}\n```\n",
			[]string{"8: the quiz has no question"}},
		{"no right choice", page + "```quiz\nquestion: q\nchoices:\n- {text: c, why: d}\n```\n", []string{"8: the quiz has no right choice"}},
		{"no wrong choice", page + "```quiz\nquestion: q\nchoices:\n- {text: a, correct: true, why: b}\n```\n",
			[]string{"8: the quiz has no wrong choice"}},
		{"many choices", page + "```quiz\nquestion: q\nchoices:\n- {text: a, correct: true, why: b}\n" + strings.Repeat("- {text: c, why: d}\n", 4) + "```\n",
			[]string{"8: the quiz has 5 choices"}},
		{"no reasons", page + "```quiz\nquestion: q\nchoices:\n- text: a\n  correct: true\n- text: c\n  why: \"\"\n- why: d\n```\n",
			[]string{"11: choice 1 does not say why", "14: choice 2 does not say why", "15: choice 3 has no text"}},
		{"maybe correct", page + "```quiz\nquestion: q\nchoices:\n- text: a\n  why: b\n  correct: true\n- text: c\n  why: d\n  correct: maybe\n```\n",
			[]string{"16: correct is \"maybe\"; write true, or false"}},
		{"unknown choice key", page + "```quiz\nquestion: q\nchoices:\n- text: a\n  because: b\n```\n", []string{"12: unknown field \"because\""}},
		{"quiz with an id", page + "```quiz one\nquestion: q\nchoices:\n- {text: a, correct: true, why: b}\n- {text: c, why: d}\n```\n",
			[]string{"8: \"one\" after quiz"}},

		{"unknown exercise", page + "```exercise lost\n```\n", []string{"8: there is no exercise \"lost\"; name one that there is: loss"}},
		{"exercise without id", page + "```exercise\n```\n", []string{"8: the exercise names 0 ids"}},
		{"exercise with text", page + "```exercise loss\ntext\n```\n", []string{"9: text in the exercise's fence"}},
		{"bare figure", page + "```figure\ncaption: c\n```\n", []string{"8: the figure has no art"}},
		{"figure without caption", page + "```figure\ncaption:\nart: x\n```\n", []string{"8: the figure has no caption"}},
		{"several", page + "```lab tarin\ntext: x\n```\n\n```quizz\n```\n# P\ntext\n",
			[]string{"8: there is no lab", "12: \"quizz\"", "14: the page at line 7 has the id"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			lessons, err := Load(fstest.MapFS{"02-a/lesson.md": {Data: []byte(test.text)}}, known())
			wantProblems(t, lessons, err, "02-a/lesson.md:", test.want)
		})
	}
}

func TestProblemsBetweenLessons(t *testing.T) {
	lesson := func(number, slug string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\ntitle: A\nnumber: " + number + "\nminutes: 3\nslug: " + slug + "\n---\n# P\ntext\n")}
	}
	lessons, err := Load(fstest.MapFS{
		"03-b/lesson.md":     lesson("3", "b"),
		"02-a/lesson.md":     lesson("2", "a"),
		"03-a/lesson.md":     lesson("3", "a"),
		"Notes/lesson.md":    lesson("4", "notes"),
		"05-lost/lesson.txt": {},
		"testdata/x":         {},
	}, known())
	wantProblems(t, lessons, err, "", []string{
		"03-a/lesson.md:5: slug \"a\" is the slug of 02-a/lesson.md too",
		"03-b/lesson.md:3: number 3 is the number of 03-a/lesson.md too",
		"05-lost/lesson.md:1: there is no such file",
		"Notes/lesson.md:1: the directory is named \"Notes\"",
	})
	if _, err := Load(fstest.MapFS{}, known()); err == nil || !strings.Contains(err.Error(), "no lessons") {
		t.Errorf("without lessons the error is %v", err)
	}
	if _, err := Load(os.DirFS("testdata/nowhere"), known()); err == nil || !strings.Contains(err.Error(), "reading the lessons") {
		t.Errorf("without a directory the error is %v", err)
	}
}

// wantProblems compares the lines of an error with the beginnings of the wanted ones, and their order.
func wantProblems(t *testing.T, lessons []Lesson, err error, file string, want []string) {
	t.Helper()
	if err == nil || lessons != nil {
		t.Fatalf("got %d lessons, error %v", len(lessons), err)
	}
	got := strings.Split(err.Error(), "\n")
	if !slices.EqualFunc(got, want, func(got, want string) bool { return strings.HasPrefix(got, file+want) }) {
		t.Errorf("got\n%s\nwant\n%s", err, strings.Join(want, "\n"))
	}
	for _, line := range got {
		if !strings.Contains(line, "; ") {
			t.Errorf("%q does not say what to do", line)
		}
	}
}
