package classroom_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/tuitest"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// state is a state of the screen: how many learners there are, and the keys that lead there.
type state struct {
	name     string
	learners int
	strokes  []string
}

func states() []state {
	return []state{
		{"list", 8, nil},
		{"many", 200, []string{"end", "up"}},
		{"one", 1, nil},
		{"nobody", 0, nil},
		{"progress", 8, []string{"s"}},
		{"learner", 8, []string{"down", "down", "enter"}},
		{"learner-away", 8, []string{"end", "enter"}},
		{"message", 8, []string{"enter", "m", "h", "i"}},
		{"told", 8, []string{"m", "h", "i", "enter"}},
		{"found", 8, []string{"/", "u", "s", "enter"}},
		{"help", 8, []string{"?"}},
		{"export", 8, []string{"e", "c"}},
	}
}

func TestGoldenScreens(t *testing.T) {
	for _, s := range states() {
		for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
			for name, ascii := range map[string]bool{"unicode": false, "ascii": true} {
				name := fmt.Sprintf("%s-%dx%d-%s", s.name, size[0], size[1], name)
				t.Run(name, func(t *testing.T) {
					settings := tuitest.Settings{Width: size[0], Height: size[1]}
					watching(t, s.learners, ascii, settings, func(term *tuitest.Terminal, _ *fakeSource) {
						term.Press(s.strokes...)
						tuitest.Golden(t, *update, name, term.Screen()+"\n")
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
		"calm": {Env: []string{"AETUTOR_REDUCED_MOTION=1"}},
	} {
		for _, s := range states() {
			if s.name != "list" && s.name != "learner" {
				continue
			}
			watching(t, s.learners, false, settings, func(term *tuitest.Terminal, _ *fakeSource) {
				term.Press(s.strokes...)
				tuitest.Golden(t, *update, "colours-"+s.name+"-"+name, term.Styled()+"\n")
				if colours := strings.Count(term.Styled(), "\x1b[38;"); (name == "no-colour") != (colours == 0) {
					t.Errorf("%s on %s sets %d colours", s.name, name, colours)
				}
				if bar := strings.ContainsAny(term.Screen(), "█░"); bar == (name == "calm") {
					t.Errorf("%s on %s has bars: %v", s.name, name, bar)
				}
			})
		}
	}
}

// TestEverySizeFits draws every state at sizes that people drag their windows to.
func TestEverySizeFits(t *testing.T) {
	for _, s := range states() {
		watching(t, s.learners, false, tuitest.Settings{}, func(term *tuitest.Terminal, _ *fakeSource) {
			term.Press(s.strokes...)
			for width := 1; width <= 260; width += 37 {
				for _, height := range []int{1, 2, 23, 24, 25, 41, 70} {
					term.Resize(width, height)
					if lines := term.Lines(); len(lines) != height {
						t.Errorf("%s: %d lines on a screen of %d×%d", s.name, len(lines), width, height)
					}
					last, fits := term.Lines()[height-1], width >= 80 && height >= 24
					if fits && !strings.Contains(last, "quit") {
						t.Errorf("%s at %d×%d ends with %q", s.name, width, height, last)
					}
				}
			}
		})
	}
}

// TestColumnsStandUnderEachOther looks at the place of the percents, whatever the letters of the names.
func TestColumnsStandUnderEachOther(t *testing.T) {
	for _, width := range []int{80, 120, 200} {
		for _, ascii := range []bool{false, true} {
			watching(t, 8, ascii, tuitest.Settings{Width: width, Height: 24}, func(term *tuitest.Terminal, _ *fakeSource) {
				places := map[int]int{}
				for _, line := range term.Lines() {
					if before, _, ok := strings.Cut(line, "%"); ok {
						places[ansi.WcWidth.StringWidth(before)]++
					}
				}
				if len(places) != 1 {
					t.Errorf("at %d columns the percents stand at %v:\n%s", width, places, term.Screen())
				}
			})
		}
	}
}
