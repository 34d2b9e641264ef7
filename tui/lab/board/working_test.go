package board_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
)

func TestWorkingSaysAllOfItsText(t *testing.T) {
	th := theme.New(theme.Dark, colorprofile.ASCII, true)
	for _, doing := range []string{"laying out the pixels", "training the autoencoder of digits with 16 latent units"} {
		line := ansi.Strip(board.Working(lab.Progress{Doing: doing, Fraction: 0.5}, 80, th))
		if !strings.Contains(line, doing+" …  ") || !strings.HasSuffix(line, " 50%") || ansi.StringWidth(line) > 80 {
			t.Errorf("the line of %q is %q", doing, line)
		}
	}
	long := strings.Repeat("long ", 40)
	if line := ansi.Strip(board.Working(lab.Progress{Doing: long}, 80, th)); ansi.StringWidth(line) > 80 || !strings.HasSuffix(line, " 0%") {
		t.Errorf("the line of a text that does not fit is %q", line)
	}
}
