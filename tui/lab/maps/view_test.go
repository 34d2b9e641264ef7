package maps

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

var update = flag.Bool("update", false, "write the golden screens anew")

func themes() map[string]theme.Theme {
	return map[string]theme.Theme{
		"dark":      theme.New(theme.Dark, colorprofile.TrueColor, true),
		"light":     theme.New(theme.Light, colorprofile.TrueColor, true),
		"no-colour": theme.New(theme.Dark, colorprofile.ASCII, true),
		"ascii":     theme.New(theme.Dark, colorprofile.ASCII, false),
	}
}

func TestViewKeepsItsSize(t *testing.T) {
	sizes := [][2]int{{1, 1}, {5, 3}, {20, 8}, {40, 12}, {79, 19}, {80, 20}, {80, 21}, {80, 22}, {80, 50}, {100, 30}, {120, 38}, {200, 58}, {300, 90}}
	for name, m := range screens(t) {
		for themeName, th := range themes() {
			for _, size := range sizes {
				t.Run(fmt.Sprintf("%s/%s/%dx%d", name, themeName, size[0], size[1]), func(t *testing.T) {
					frame := th.Terminal(m.View(size[0], size[1], th))
					lines := strings.Split(frame, "\n")
					if len(lines) != size[1] {
						t.Errorf("%d lines, want %d", len(lines), size[1])
					}
					for i, line := range lines {
						if got := ansi.StringWidth(line); got > size[0] {
							t.Errorf("line %d has %d cells, more than %d: %q", i, got, size[0], ansi.Strip(line))
						}
					}
					if !th.Unicode && strings.ContainsFunc(frame, func(r rune) bool { return r > 127 }) {
						t.Error("more than ASCII on an ASCII screen")
					}
				})
			}
		}
	}
}

func TestGoldenScreens(t *testing.T) {
	states := screens(t)
	golden := func(state, file string, th theme.Theme, width, height int) {
		t.Run(file, func(t *testing.T) {
			got := th.Terminal(states[state].View(width, height, th)) + "\n"
			path := filepath.Join("testdata", file+".golden")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the screen differs from %s (-update writes it anew):\n%s", path, got)
			}
		})
	}
	for _, size := range [][2]int{{80, 22}, {120, 38}, {200, 58}} {
		for name, th := range themes() {
			golden("trained", fmt.Sprintf("trained-%s-%dx%d", name, size[0], size[1]), th, size[0], size[1])
		}
	}
	for state := range states {
		golden(state, strings.ReplaceAll(state, " ", "-"), themes()["no-colour"], 80, 22)
	}
}
