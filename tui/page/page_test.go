package page

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui/theme"
)

func plainTheme() theme.Theme  { return theme.New(theme.Dark, colorprofile.ASCII, true) }
func colourTheme() theme.Theme { return theme.New(theme.Dark, colorprofile.TrueColor, true) }

func TestProse(t *testing.T) {
	for name, c := range map[string]struct{ markdown, want string }{
		"soft breaks join and wrap": {"one two\nthree four five six", "one two three\nfour five six"},
		"paragraphs":                {"one\n\ntwo", "one\n\ntwo"},
		"heading":                   {"## Head\n\ntext", "Head\n\ntext"},
		"inline":                    {"*a* **b** `c`", "a b `c`"},
		"items hang":                {"- one two three four\n- five", "• one two\n  three four\n• five"},
		"item over two lines":       {"- one\n  two\n- three", "• one two\n• three"},
		"lazy item":                 {"- one\ntwo", "• one two"},
		"loose items":               {"- one\n\n- two", "• one\n\n• two"},
		"nested items":              {"- one\n  - two\n    - three", "• one\n  • two\n    • three"},
		"numbered items":            {"9. one\n10. two", "9. one\n10. two"},
		"item with paragraphs":      {"1. one\n\n   two", "1. one\n\n   two"},
		"text after a list":         {"- one\n\ntwo", "• one\n\ntwo"},
		"list after text":           {"one\n- two", "one\n• two"},
		"a year is no item":         {"in\n1986. A", "in 1986. A"},
		"fence":                     {"```go\nif a \\( b {\n\n\tc\n}\n```\nend", "  if a \\( b {\n\n      c\n  }\n\nend"},
		"fence is cut":              {"```\n12345678901234\n```", "  12345678901…"},
		"fence in an item":          {"- one\n\n  ```\n  x := 1\n  ```", "• one\n\n    x := 1"},
		"fence that never ends":     {"~~~\na\n```\nb", "  a\n  ```\n  b"},
		"indented code":             {"one\n\n    L = a\\*b\n\n      c\n\ntwo", "one\n\n  L = a\\*b\n\n    c\n\ntwo"},
		"indented text":             {"one\n    two", "one two"},
		"rule":                      {"one\n\n* * *\n\ntwo", "one\n\n────────\n\ntwo"},
		"quotation":                 {"> one", "│ one"},
		"entities and brackets":     {"2 < 3 &amp; 4", "2 < 3 & 4"},
		"empty":                     {"\n\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			lines := newProse(plainTheme()).lines(c.markdown, 14, 14)
			if got := ansi.Strip(strings.Join(lines, "\n")); got != c.want {
				t.Errorf("%q is drawn as\n%s\nwant\n%s", c.markdown, got, c.want)
			}
		})
	}
}

func TestProseColours(t *testing.T) {
	got := strings.Join(newProse(colourTheme()).lines("text `code`", 40, 40), "\n")
	// Prose keeps the terminal's own colour, code has the accent.
	if want := "text \x1b[38;2;92;200;255mcode\x1b[m"; got != want {
		t.Errorf("drawn as %q, want %q", got, want)
	}
}

func TestProseIsDrawnOnce(t *testing.T) {
	p := newProse(plainTheme())
	first, again := p.lines("text", 40, 40), p.lines("text", 40, 40)
	if &first[0] != &again[0] {
		t.Error("the same text was drawn twice")
	}
	r := reader(5, lessons.Prose{Markdown: "text"}, quiz())
	if r.Scroll(1).Answer(0).Layout(40, 60, 9, plainTheme()).prose != r.prose {
		t.Error("scrolling, answering or another height drew the page anew")
	}
	if r.Layout(40, 60, 5, colourTheme()).prose == r.prose || r.Layout(41, 60, 5, plainTheme()).prose == r.prose {
		t.Error("another theme or width did not draw the page anew")
	}
}

// FuzzProse draws any Markdown at any width.
func FuzzProse(f *testing.F) {
	for _, seed := range []string{"- a\n- b", "```\nx", "1. a\n\n   b", "| a | b |\n|---|---|\n| 1 | 2 |", "> q\n> r", "    code", "\t- x", "- \n"} {
		f.Add(seed, 20)
	}
	f.Fuzz(func(t *testing.T, markdown string, width int) {
		if !utf8.ValidString(markdown) || width < 1 || width > 200 || len(markdown) > 1000 {
			return
		}
		r := New(lessons.Page{Title: "T", Blocks: []lessons.Block{lessons.Prose{Markdown: markdown}}}, nil)
		if n := len(r.Layout(width, width, 10, plainTheme()).Lines()); n < 1 || n > 10 {
			t.Errorf("%d lines in a view of 10", n)
		}
	})
}

func reader(height int, blocks ...lessons.Block) Reader {
	return New(lessons.Page{Title: "Title", Blocks: blocks}, nil).Layout(40, 60, height, plainTheme())
}

func text(r Reader) string { return ansi.Strip(strings.Join(r.Lines(), "\n")) }

func quiz() lessons.Quiz {
	return lessons.Quiz{Question: "Which?", Choices: []lessons.Choice{{Text: "this", Why: "It is not."}, {Text: "that", Correct: true, Why: "It is."}}}
}

func TestLabBox(t *testing.T) {
	got := text(reader(10, lessons.Lab{ID: "train", Text: "watch a network learn to redraw digits"}))
	want := strings.Join([]string{
		"Title", "",
		"┌ try it ──────────────────────────────┐",
		"│ lab  train   watch a network learn   │",
		"│              to redraw digits        │",
		"└──────────────────────── enter opens ─┘",
	}, "\n")
	if got != want {
		t.Errorf("drawn as\n%s\nwant\n%s", got, want)
	}
}

func TestFigureMayBeWiderThanText(t *testing.T) {
	got := text(reader(20, lessons.Figure{Art: "\n" + strings.Repeat("1234567890", 7) + "\n  ok  \n", Caption: "A caption that is longer than forty cells wraps."}))
	want := "Title\n\n" + strings.Repeat("1234567890", 6)[:59] + "…\n  ok\nA caption that is longer than forty cells\nwraps."
	if want = strings.Replace(want, "forty cells\nwraps.", "forty\ncells wraps.", 1); got != want {
		t.Errorf("drawn as\n%s\nwant\n%s", got, want)
	}
}

func TestQuestionOutOfViewIsNotAnswered(t *testing.T) {
	long := lessons.Prose{Markdown: strings.Repeat("paragraph\n\n", 20)}
	r := reader(8, long, quiz())
	r = r.Answer(1)
	if !strings.Contains(text(r), "press a or b") {
		t.Fatalf("the question did not come into view unanswered:\n%s", text(r))
	}
	if r = r.Answer(1); !strings.Contains(text(r), "✓ b  that\n     Right. It is.") {
		t.Errorf("the question in view was not answered:\n%s", text(r))
	}
	if got := text(r.Answer(2).Answer(-1)); got != text(r) {
		t.Errorf("a choice that does not exist changed the page:\n%s", got)
	}
}

func TestAnswerChangesTheCopyOnly(t *testing.T) {
	before := reader(20, quiz()).Answer(1)
	shown := text(before)
	before.Answer(0)
	if after := text(before.Layout(41, 60, 20, plainTheme())); strings.Contains(after, "Not right.") || text(before) != shown {
		t.Errorf("answering changed the earlier reader:\n%s", after)
	}
}

func TestSelectNextGoesRound(t *testing.T) {
	long := lessons.Prose{Markdown: strings.Repeat("paragraph\n\n", 20)}
	r := reader(8, lessons.Lab{ID: "one"}, long, lessons.Lab{ID: "two"}, long, quiz())
	for i, want := range []string{"two", "two", "one", "two"} {
		r = r.SelectNext()
		lab, ok := r.Lab()
		if i == 1 {
			// A question is selected; enter then opens the page's first lab.
			want = "one"
		}
		if !ok || lab.ID != want {
			t.Errorf("after %d tabs enter opens %q, want %q", i+1, lab.ID, want)
		}
	}
	if !strings.Contains(text(r), "enter opens") {
		t.Errorf("the selected lab is not in view:\n%s", text(r))
	}
}

func TestScrollingSelectsWhatIsInView(t *testing.T) {
	long := lessons.Prose{Markdown: strings.Repeat("paragraph\n\n", 20)}
	r := reader(8, lessons.Lab{ID: "one"}, long, lessons.Lab{ID: "two"})
	if lab, _ := r.ScrollEnd().Lab(); lab.ID != "two" {
		t.Errorf("at the end enter opens %q, want %q", lab.ID, "two")
	}
	if lab, _ := r.ScrollEnd().ScrollStart().Lab(); lab.ID != "one" {
		t.Errorf("back at the start enter opens %q, want %q", lab.ID, "one")
	}
}

func TestClick(t *testing.T) {
	r := reader(20, lessons.Lab{ID: "one", Text: "x"}, quiz(), lessons.Lab{ID: "two", Text: "y"})
	lines := strings.Split(text(r), "\n")
	for y, line := range lines {
		clicked, block := r.Click(3, y)
		lab, opens := block.(lessons.Lab)
		inOne, inTwo := y >= 2 && y <= 4, y >= 11 && y <= 13
		if opens != (inOne || inTwo) || inOne && lab.ID != "one" || inTwo && lab.ID != "two" {
			t.Errorf("a click on line %d %q opens %q (%v)", y, line, lab.ID, opens)
		}
		answered := strings.Contains(text(clicked), "ight.")
		if want := strings.HasPrefix(line, "  a") || strings.HasPrefix(line, "  b"); answered != want {
			t.Errorf("a click on line %d %q answers: %v, want %v", y, line, answered, want)
		}
	}
	for _, at := range [][2]int{{-1, 3}, {40, 3}, {3, -1}, {3, 20}, {3, 300}} {
		if _, block := r.Click(at[0], at[1]); block != nil {
			t.Errorf("a click outside, at %v, opens a lab", at)
		}
	}
}

func TestScrollStaysOnThePage(t *testing.T) {
	r := reader(5, lessons.Prose{Markdown: strings.Repeat("paragraph\n\n", 6)}) // 13 lines: the title, and a blank before each paragraph
	for name, c := range map[string]struct {
		moved        Reader
		above, below int
	}{
		"start":       {r, 0, 8},
		"before":      {r.Scroll(-3), 0, 8},
		"line":        {r.Scroll(1), 1, 7},
		"screen":      {r.ScrollPages(1), 4, 4},
		"beyond":      {r.Scroll(100), 8, 0},
		"end":         {r.ScrollEnd(), 8, 0},
		"grown":       {r.ScrollEnd().Layout(40, 60, 10, plainTheme()), 3, 0},
		"all in view": {r.ScrollEnd().Layout(40, 60, 50, plainTheme()), 0, 0},
	} {
		if c.moved.Above() != c.above || c.moved.Below() != c.below {
			t.Errorf("%s: %d lines above and %d below, want %d and %d", name, c.moved.Above(), c.moved.Below(), c.above, c.below)
		}
	}
}

func TestEveryBoxTellsAKey(t *testing.T) {
	r := reader(40, lessons.Exercise{ID: "one"}, lessons.Prose{Markdown: "text"}, lessons.Exercise{ID: "two"},
		lessons.Exercise{ID: "three"})
	r = r.WithExercises(map[string]Exercise{"one": {Label: "1.1"}, "two": {Label: "1.2"}, "three": {Label: "1.3"}}).
		Layout(60, 60, 40, plainTheme())
	for range 2 {
		for _, name := range []string{"one", "two", "three"} {
			view := ansi.Strip(strings.Join(r.Lines(), "\n"))
			if strings.Count(view, "─ e opens ─") != 1 || strings.Count(view, "─ tab here, then e opens ─") != 2 {
				t.Errorf("the boxes tell other keys:\n%s", view)
			}
			if e, ok := r.Exercise(); !ok || e.ID != name {
				t.Errorf("e opens %q, want %q", e.ID, name)
			}
			_, after, _ := strings.Cut(view, name)
			if at := strings.Index(after, " opens "); !strings.HasSuffix(after[:at], "─ e") {
				t.Errorf("the box of %s does not say that e opens it:\n%s", name, view)
			}
			r = r.SelectNext()
		}
	}
}
