package plain_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/plain"
	"github.com/aetutor/aetutor/progress"
)

// fullStore keeps nothing.
type fullStore struct{ progress.Store }

var errFull = errors.New("the disk is full")

func (fullStore) Record(string, ...progress.Fact) error { return errFull }

// TestAHintIsShownWhereItIsNotKept asks for help where the disk is full.
func TestAHintIsShownWhereItIsNotKept(t *testing.T) {
	store, err := progress.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	e := exercises.Exercise{Name: "loss", Hints: []string{"a nudge", "an idea"}, Solution: []byte("package loss")}
	var b strings.Builder
	if err := plain.Hint(&b, fullStore{store}, "me", e, "aetutor"); !errors.Is(err, errFull) || !strings.Contains(b.String(), "a nudge") {
		t.Errorf("the hint is %q, the error %v", b.String(), err)
	}
	if err := plain.KeepVerdict(store, "me", exercises.Verdict{Name: "loss", Status: exercises.Pass}); err != nil {
		t.Fatal(err)
	}
	b.Reset()
	if err := plain.Solution(&b, fullStore{store}, "me", e); !errors.Is(err, errFull) || b.String() != "package loss" {
		t.Errorf("the solution is %q, the error %v", b.String(), err)
	}
}

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
