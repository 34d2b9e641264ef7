package exercise_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/charmbracelet/colorprofile"

	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/tuitest"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// state is a state of the screen: what the file holds, and the keys that lead there.
type state struct {
	name, file string
	strokes    []string
}

func states() []state {
	wrong := strings.Replace(stub, "\t// TODO", "\t// Was", 1)
	wrong = strings.Replace(wrong, "Sub(x, y)", "Sub(y, x)", 1)
	build := strings.Replace(stub, "y))\n", "undefined))\n", 1)
	return []state{
		{"untouched", "", []string{"e"}},
		{"page", "", nil},
		{"fail", wrong, []string{"e", "c"}},
		{"pass", strings.Replace(stub, "Sub(x, y)", "Square(Sub(x, y))", 1), []string{"e", "c"}},
		{"panic", stub + "\nvar _ = panic(1)\n", []string{"e", "c"}},
		{"no-toolchain", "no Go", []string{"e", "c"}},
		{"running", "slow", []string{"e", "c"}},
		{"hints", wrong, []string{"e", "c", "h", "h"}},
		{"solution", "", []string{"e", "s", "s"}},
		{"reset", wrong, []string{"e", "r"}},
		{"list", wrong, []string{"e", "c", "l", "down"}},
		{"editor", "", []string{"e", "e"}},
		{"editor-selection", wrong, []string{"e", "e", "ctrl+home", "shift+down", "shift+right"}},
		{"editor-build", build, []string{"e", "e", "ctrl+r"}},
		{"editor-fail", wrong, []string{"e", "e", "ctrl+r"}},
		{"editor-long", "package loss\n\n// " + strings.Repeat("a long line ", 12) + "\n", []string{"e", "e", "down"}},
		{"long", "package loss\n\n// " + strings.Repeat("a long line ", 12) + "\n", []string{"e"}},
		{"help", "", []string{"e", "?"}},
	}
}

// showing hands a terminal that shows a state to a test.
func showing(t *testing.T, s state, ascii bool, settings tuitest.Settings, look func(*tuitest.Terminal)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		bench := newFakeBench()
		if s.file != "" {
			bench.files["loss"] = s.file
		}
		o := sampleOptions(bench, nil)
		o.Unicode = !ascii
		term := tuitest.Start(t, tui.New(o), settings)
		term.Press(s.strokes...)
		look(term)
	})
}

func TestGoldenScreens(t *testing.T) {
	for _, s := range states() {
		for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
			for name, ascii := range map[string]bool{"unicode": false, "ascii": true} {
				name := fmt.Sprintf("%s-%dx%d-%s", s.name, size[0], size[1], name)
				t.Run(name, func(t *testing.T) {
					showing(t, s, ascii, tuitest.Settings{Width: size[0], Height: size[1]}, func(term *tuitest.Terminal) {
						tuitest.Golden(t, *update, name, term.Screen()+"\n")
						if strings.Contains(term.Screen(), "\x1b") || len(term.Lines()) != size[1] {
							t.Errorf("%d lines on a screen of %d", len(term.Lines()), size[1])
						}
						if i := strings.IndexFunc(term.Screen(), func(r rune) bool { return r > 127 }); ascii && i >= 0 {
							t.Errorf("byte %d of the screen is not ASCII", i)
						}
					})
				})
			}
		}
	}
}

// TestGoldenColours keeps which colour stands where, on dark and light, and that a terminal without colours gets none.
func TestGoldenColours(t *testing.T) {
	for name, settings := range map[string]tuitest.Settings{
		"dark": {}, "light": {Light: true}, "no-colour": {Env: []string{"NO_COLOR=1"}, Profile: colorprofile.ASCII},
	} {
		settings.Width, settings.Height = 80, 24
		for _, s := range states() {
			if s.name != "fail" && s.name != "editor-build" {
				continue
			}
			showing(t, s, false, settings, func(term *tuitest.Terminal) {
				tuitest.Golden(t, *update, "colours-"+s.name+"-"+name, term.Styled()+"\n")
				if colours := strings.Count(term.Styled(), "\x1b[38;"); (name == "no-colour") != (colours == 0) {
					t.Errorf("%s on %s sets %d colours", s.name, name, colours)
				}
			})
		}
	}
}
