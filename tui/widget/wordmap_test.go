package widget

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

func TestWordMapWritesWordsWhereTheyLie(t *testing.T) {
	th := theme.New(theme.Dark, colorprofile.ASCII, true)
	w := WordMap{
		Labels:  []Label{{At: Point{0, 0}, Text: "man"}, {At: Point{10, 0}, Text: "woman"}, {At: Point{0, 5}, Text: "king"}},
		Strokes: []Stroke{{From: Point{0, 5}, To: Point{10, 5}, Arrow: true}},
	}
	lines := strings.Split(ansi.Strip(w.Render(40, 7, th)), "\n")
	if !strings.HasPrefix(lines[0], "•king⠉") || !strings.HasSuffix(lines[0], "→") {
		t.Errorf("the arrow from king is %q", lines[0])
	}
	if !strings.HasPrefix(lines[6], "•man") || !strings.HasSuffix(lines[6], "•woman") {
		t.Errorf("man and woman are %q", lines[6])
	}
}

func TestWordMapLeavesOutWhatHasNoRoom(t *testing.T) {
	th := theme.New(theme.Dark, colorprofile.ASCII, true)
	w := WordMap{Labels: []Label{
		{At: Point{0, 0}, Text: "first"}, {At: Point{0, 0}, Text: "second"}, {At: Point{0, 0}, Text: "third"}, {At: Point{1, 1}, Text: "far"},
	}}
	drawn := ansi.Strip(w.Render(20, 2, th))
	for word, want := range map[string]bool{"•first": true, "far": true, "third": false} {
		if strings.Contains(drawn, word) != want {
			t.Errorf("%q is shown: %v, want %v\n%s", word, !want, want, drawn)
		}
	}
}

func TestWordMapKeepsItsSize(t *testing.T) {
	nan := Point{X: 0, Y: 0}
	nan.X /= nan.Y
	maps := map[string]WordMap{
		"empty": {Empty: "nothing yet"},
		"one":   {Labels: []Label{{At: Point{3, 3}, Text: "alone"}}},
		"nan":   {Labels: []Label{{At: nan, Text: "nowhere"}}, Strokes: []Stroke{{From: nan, To: nan, Arrow: true}}},
		"many": {
			Labels:  []Label{{At: Point{0, 0}, Text: "a long word"}, {At: Point{1, 1}, Text: "another"}, {At: Point{0.5, 0.5}, Text: "mid"}},
			Strokes: []Stroke{{From: Point{0, 0}, To: Point{1, 1}}, {From: Point{1, 0}, To: Point{0, 2}, Arrow: true}},
		},
	}
	for name, w := range maps {
		for _, unicode := range []bool{true, false} {
			th := theme.New(theme.Dark, colorprofile.ASCII, unicode)
			for _, size := range [][2]int{{1, 1}, {2, 3}, {10, 2}, {49, 12}, {150, 40}} {
				frame := th.Terminal(w.Render(size[0], size[1], th))
				lines := strings.Split(frame, "\n")
				if len(lines) != size[1] {
					t.Errorf("%s: %d lines at %v", name, len(lines), size)
				}
				for _, line := range lines {
					if ansi.StringWidth(line) > size[0] {
						t.Errorf("%s: %q is wider than %d", name, line, size[0])
					}
				}
				if !unicode && strings.ContainsFunc(frame, func(r rune) bool { return r > 127 || r == '?' }) {
					t.Errorf("%s: not all ASCII: %q", name, frame)
				}
			}
		}
	}
	if got := ansi.Strip(maps["empty"].Render(20, 3, theme.New(theme.Dark, colorprofile.ASCII, true))); !strings.Contains(got, "nothing yet") {
		t.Errorf("an empty map shows %q", got)
	}
}
