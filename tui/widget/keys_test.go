package widget_test

import (
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

func TestKeyLineShowsWhatFits(t *testing.T) {
	own := keymap.Table{
		{Action: "back", Strokes: []string{"left"}, Label: "←", Help: "page"},
		{Action: "on", Strokes: []string{"right"}, Label: "→", Help: "page"},
		{Action: "open", Strokes: []string{"enter"}, Label: "enter", Help: "open"},
		{Action: "none", Label: "a b c", Help: "answer"},
	}
	fixed := keymap.Table{{Action: "quit", Strokes: []string{"q"}, Label: "q", Help: "quit"}}
	for width, want := range map[int]string{
		60: "  ← → page  enter open  a b c answer  q quit",
		44: "  ← → page  enter open  a b c answer  q quit",
		43: "  ← → page  enter open  q quit",
		29: "  ← → page  q quit",
		5:  "  q quit",
	} {
		line, spans := widget.KeyLine(own, fixed, width, theme.New(theme.Dark, colorprofile.TrueColor, true))
		if got := ansi.Strip(line); got != want {
			t.Errorf("at %d cells %q, want %q", width, got, want)
		}
		for _, s := range spans {
			text := ansi.Strip(ansi.Cut(line, s.Start, s.End))
			clickable := map[keymap.Action]string{"back": "←", "on": "→", "open": "enter open", "quit": "q quit"}
			if text != clickable[s.Key.Action] {
				t.Errorf("at %d cells a click on %q means %s", width, text, s.Key.Action)
			}
		}
	}
}
