package plain_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/plain"
)

var update = flag.Bool("update", false, "write the golden texts anew")

// workshop are the lessons of the program.
func workshop(t *testing.T) []lessons.Lesson {
	t.Helper()
	known := lessons.Known{Labs: map[string][]string{}, Exercises: map[string]bool{}}
	for _, l := range lab.All() {
		known.Labs[l.ID] = lab.Keys(l.Params)
	}
	for _, e := range written(t) {
		known.Exercises[e.Name] = true
	}
	all, err := lessons.Embedded(known)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// written are the exercises of the program.
func written(t *testing.T) []exercises.Exercise {
	t.Helper()
	all, err := exercises.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the text differs from %s (-update writes it anew):\n%s", path, got)
	}
}

func TestGoldenLesson(t *testing.T) {
	golden(t, "autoencoder", pipe(t, "", func(o *plain.Options) { o.Lessons, o.Exercises, o.Start = workshop(t), written(t), "autoencoder" }))
}

func TestGoldenLabRun(t *testing.T) {
	golden(t, "feature-bench", pipe(t, "lab feature-bench\n\nhigh\n-1, 2, -4, -2, -3\n\nquit\n", nil))
}

// TestLessonsAreLinesOfText: nothing but text comes out, whatever a lesson holds, and only code and formulas are wider.
func TestLessonsAreLinesOfText(t *testing.T) {
	all := workshop(t)
	for _, l := range all {
		for _, width := range []int{40, 72} {
			got := pipe(t, "", func(o *plain.Options) { o.Lessons, o.Start, o.Width = all, l.Slug, width })
			if pages := strings.Count(got, fmt.Sprintf(" of %d.\n", len(l.Pages))); width == 72 && pages < len(l.Pages) {
				t.Errorf("%s: %d of %d pages are there", l.Slug, pages, len(l.Pages))
			}
			for line := range strings.SplitSeq(got, "\n") {
				indented := strings.HasPrefix(line, "  ")
				if utf8.RuneCountInString(line) > width && !indented && !strings.Contains(line, "`") {
					t.Errorf("%s: a line is wider than %d: %q", l.Slug, width, line)
				}
				if strings.HasSuffix(line, " ") || strings.ContainsFunc(line, func(r rune) bool { return unicode.IsControl(r) || r == '\u00a0' }) {
					t.Errorf("%s: more than text: %q", l.Slug, line)
				}
				if drawn := func(r rune) bool { return r >= '─' && r <= '▟' || r >= '\u2800' && r <= '\u28ff' }; !strings.Contains(line, "`") &&
					strings.ContainsFunc(line, drawn) {
					t.Errorf("%s: a drawing: %q", l.Slug, line)
				}
			}
		}
	}
}
