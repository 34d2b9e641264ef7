package keymap_test

import (
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/keymap"
)

func TestPressNamesItsStroke(t *testing.T) {
	strokes := []string{
		"a", "K", "?", "+", "-", "[", "=", "0", "α", "space", "enter", "esc", "tab", "backspace", "up", "down", "left", "right",
		"pgup", "pgdown", "home", "end", "insert", "delete", "ctrl+c", "ctrl+d", "shift+tab", "ctrl+left",
	}
	for _, stroke := range strokes {
		if got := keymap.Press(stroke).String(); got != stroke {
			t.Errorf("Press(%q) is the key %q", stroke, got)
		}
	}
}

func TestPressMakesWhatTerminalsSend(t *testing.T) {
	// Bubble Tea decodes these keys so.
	for stroke, want := range map[string]tea.KeyPressMsg{
		"a":      {Code: 'a', Text: "a"},
		"space":  {Code: tea.KeySpace, Text: " "},
		"ctrl+c": {Code: 'c', Mod: tea.ModCtrl},
		"up":     {Code: tea.KeyUp},
	} {
		if got := keymap.Press(stroke); got != want {
			t.Errorf("Press(%q) = %#v, want %#v", stroke, got, want)
		}
	}
}

func table() keymap.Table {
	return keymap.Table{
		{Action: "back", Strokes: []string{"left", "h"}, Label: "←", Help: "page", Main: true},
		{Action: "on", Strokes: []string{"right", "l"}, Label: "→", Help: "page", Main: true},
		{Action: "lesson", Strokes: []string{"0", "1", "2", "3", "4", "5"}, Label: "0-5", Help: "lesson"},
		{Action: "top", Strokes: []string{"home"}, Label: "home", Help: "page"},
	}
}

func TestDecode(t *testing.T) {
	for stroke, want := range map[string]keymap.Action{"l": "on", "home": "top", "3": "lesson", "x": ""} {
		if got := table().Decode(keymap.Press(stroke)); got != want {
			t.Errorf("%q decodes to %q, want %q", stroke, got, want)
		}
	}
}

func TestGroupsJoinNeighbours(t *testing.T) {
	var sizes []int
	for _, g := range table().Groups() {
		sizes = append(sizes, len(g.Keys))
	}
	// The last key has the help of the first two, but does not stand beside them.
	if want := []int{2, 1, 1}; !slices.Equal(sizes, want) {
		t.Errorf("the groups hold %v keys, want %v", sizes, want)
	}
	if got := len(table().Main()); got != 2 {
		t.Errorf("%d main keys, want 2", got)
	}
}

func TestAllStrokes(t *testing.T) {
	for i, want := range []string{"← h", "→ l", "0-5", "home"} {
		if got := table()[i].AllStrokes(); got != want {
			t.Errorf("key %d is named %q, want %q", i, got, want)
		}
	}
}
