// Package labtest tests the screens of labs: their size in every theme, their golden screens, and their keys with a work
// that the test drives.
package labtest

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/tuitest"
)

// Themes are the themes in which a screen is drawn.
func Themes() map[string]theme.Theme {
	return map[string]theme.Theme{
		"dark":      theme.New(theme.Dark, colorprofile.TrueColor, true),
		"light":     theme.New(theme.Light, colorprofile.TrueColor, true),
		"no-colour": theme.New(theme.Dark, colorprofile.ASCII, true),
		"ascii":     theme.New(theme.Dark, colorprofile.ASCII, false),
	}
}

// colour is a sequence that sets a colour, alone or beside attributes.
var colour = regexp.MustCompile(`\x1b\[(?:[0-9;:]*;)?(?:[349][0-79]|10[0-7]|[34]8)[0-9;:]*m`)

// Sizes checks that each screen draws exactly as many lines as it is asked for, none of them too wide, without colours
// where the terminal has none and only ASCII where it has no more.
func Sizes(t *testing.T, screens map[string]screen.Screen) {
	t.Helper()
	sizes := [][2]int{{1, 1}, {5, 3}, {20, 8}, {40, 12}, {52, 14}, {79, 19}, {80, 20}, {80, 22}, {80, 50}, {100, 30}, {120, 38}, {200, 58}, {300, 90}}
	for name, s := range screens {
		for themeName, th := range Themes() {
			for _, size := range sizes {
				t.Run(fmt.Sprintf("%s/%s/%dx%d", name, themeName, size[0], size[1]), func(t *testing.T) {
					frame := th.Terminal(s.View(size[0], size[1], th))
					lines := strings.Split(frame, "\n")
					if len(lines) != size[1] {
						t.Errorf("%d lines, want %d", len(lines), size[1])
					}
					for i, line := range lines {
						if got := ansi.StringWidth(line); got > size[0] {
							t.Errorf("line %d has %d cells, more than %d: %q", i, got, size[0], ansi.Strip(line))
						}
					}
					if themeName == "no-colour" && colour.MatchString(frame) {
						t.Errorf("a colour on a screen without colours: %q", colour.FindString(frame))
					}
					if !th.Unicode && strings.ContainsFunc(frame, func(r rune) bool { return r > 127 }) {
						t.Error("more than ASCII on an ASCII screen")
					}
				})
			}
		}
	}
}

// Golden compares the screens with those in testdata, and writes them anew when update is set: the rich one in all themes
// and sizes, the others on the smallest screen without colours.
func Golden(t *testing.T, update bool, screens map[string]screen.Screen, rich string) {
	t.Helper()
	golden := func(name, file string, th theme.Theme, width, height int) {
		t.Run(file, func(t *testing.T) {
			got := th.Terminal(screens[name].View(width, height, th)) + "\n"
			tuitest.Golden(t, update, strings.NewReplacer(" ", "-", ",", "").Replace(file), got)
		})
	}
	for _, size := range [][2]int{{80, 22}, {120, 38}, {200, 58}} {
		for name, th := range Themes() {
			golden(rich, fmt.Sprintf("%s-%s-%dx%d", rich, name, size[0], size[1]), th, size[0], size[1])
		}
	}
	for name := range screens {
		if name != rich {
			golden(name, name, Themes()["no-colour"], 80, 22)
		}
	}
}
