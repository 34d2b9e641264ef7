package exercise_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/exercises/record"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/tui/exercise"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/theme"
)

// TestAllExercisesFit draws every exercise of the workshop with its hints and its solution. On the smallest screen the
// code of a hint stands as it was written.
func TestAllExercisesFit(t *testing.T) {
	all, err := exercises.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	th := theme.New(theme.Dark, colorprofile.ASCII, true)
	for _, e := range all {
		screen := exercise.New(exercise.Options{
			Exercises: all, Workbench: newFakeBench(), Record: record.Of(progress.Progress{}),
		}, e)
		for _, stroke := range []string{"h", "h", "h", "s", "s"} {
			screen.Update(keymap.Press(stroke))
		}
		for _, width := range []int{80, 120, 200} {
			view := ansi.Strip(screen.View(width, 300, th))
			for line := range strings.SplitSeq(view, "\n") {
				if ansi.StringWidth(line) > width {
					t.Errorf("%s at %d: %q is too wide", e.Name, width, line)
				}
			}
			for line := range strings.SplitSeq(code(e.Hints[2]), "\n") {
				if line = strings.ReplaceAll(line, "\t", "    "); width == 80 && !strings.Contains(view, line) {
					t.Errorf("%s: the line of code %q is folded", e.Name, line)
				}
			}
		}
		screen.Close()
	}
}

// code is what stands between the fences of a hint, without blank lines.
func code(hint string) string {
	var lines []string
	fenced := false
	for line := range strings.SplitSeq(hint, "\n") {
		switch {
		case strings.HasPrefix(line, "```"):
			fenced = !fenced
		case fenced && line != "":
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
