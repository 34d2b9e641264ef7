package exercise_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/exercises/record"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/tui/exercise"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/theme"
)

func TestTheFileIsOpenedOnce(t *testing.T) {
	all := sampleExercises()
	screen := exercise.New(exercise.Options{
		Exercises: all, Workbench: newFakeBench(), Record: record.Of(progress.Progress{}),
	}, all[0])
	defer screen.Close()
	press := func(stroke string) tea.Cmd {
		_, cmd := screen.Update(keymap.Press(stroke))
		return cmd
	}
	first, second := press("e"), press("e") // Both before the file is there.
	screen.Update(first())
	press("x")
	if second != nil {
		screen.Update(second())
	}
	view := ansi.Strip(screen.View(100, 30, theme.New(theme.Dark, colorprofile.ASCII, true)))
	if !strings.Contains(view, "pixel by pixel,x") {
		t.Errorf("what was typed is gone:\n%s", view)
	}
}
