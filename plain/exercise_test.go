package plain_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/plain"
	"github.com/aetutor/aetutor/progress"
)

// TestHintsFitTheTerminal shows all hints of all exercises, also those for wrong answers.
func TestHintsFitTheTerminal(t *testing.T) {
	all, err := exercises.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	store, err := progress.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, e := range all {
		for range e.Hints {
			var b strings.Builder
			if err := plain.Hint(&b, store, "me", e, "aetutor"); err != nil {
				t.Fatal(err)
			}
			expectFilled(t, e.Name, b.String(), 0)
		}
		for name, hint := range e.Wrong {
			var b strings.Builder
			if err := plain.Verdict(&b, exercises.Verdict{Name: e.Name, Hint: hint}, "aetutor", false); err != nil {
				t.Fatal(err)
			}
			expectFilled(t, e.Name+", "+name, b.String(), 2)
		}
	}
}

// expectFilled fails where a line is too long, or ends although the first word of the next one has room. Lines behind
// more than the margin are code, which keeps its lines.
func expectFilled(t *testing.T, name, text string, margin int) {
	t.Helper()
	// A code span, which is not broken, is one word.
	word := regexp.MustCompile("^(`[^`]*`|[^ `])+")
	before := ""
	for line := range strings.SplitSeq(text, "\n") {
		if utf8.RuneCountInString(line) > 80 {
			t.Errorf("%s: %q is too long", name, line)
		}
		line, _ = strings.CutPrefix(line, strings.Repeat(" ", margin))
		if strings.HasPrefix(line, " ") {
			line = ""
		}
		first := word.FindString(line)
		if before != "" && line != "" && margin+utf8.RuneCountInString(before+" "+first) <= 80 {
			t.Errorf("%s: the line %q has room for %q", name, before, first)
		}
		before = line
	}
}
