package tui_test

import (
	"flag"
	"fmt"
	"image/color"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/tuitest"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// look is how a terminal shows colours and characters.
type look struct {
	name    string
	profile colorprofile.Profile
	light   bool
	mute    bool // it does not tell its background
	ascii   bool
}

func looks() []look {
	return []look{
		{name: "dark", profile: colorprofile.TrueColor},
		{name: "light", profile: colorprofile.TrueColor, light: true},
		{name: "no-colour", profile: colorprofile.ASCII},
		{name: "ascii", profile: colorprofile.TrueColor, ascii: true},
	}
}

func sizes() [][2]int { return [][2]int{{80, 24}, {120, 40}, {200, 60}} }

// drawn is the app's frame after some keys, without a terminal.
func drawn(o tui.Options, l look, size [2]int, strokes ...string) string {
	o.Unicode = !l.ascii
	background := color.Color(color.Black)
	if l.light {
		background = color.White
	}
	msgs := []tea.Msg{tea.ColorProfileMsg{Profile: l.profile}, tea.WindowSizeMsg{Width: size[0], Height: size[1]}}
	if !l.mute {
		msgs = append(msgs, tea.BackgroundColorMsg{Color: background})
	}
	for _, stroke := range strokes {
		msgs = append(msgs, keymap.Press(stroke))
	}
	m := tui.New(o)
	for _, msg := range msgs {
		m, _ = m.Update(msg)
	}
	return m.View().Content
}

func expectFits(t *testing.T, frame string, size [2]int) {
	t.Helper()
	lines := strings.Split(frame, "\n")
	if len(lines) != size[1] {
		t.Errorf("%d lines on a screen of %d", len(lines), size[1])
	}
	for i, line := range lines {
		if width := ansi.StringWidth(line); width > size[0] {
			t.Errorf("line %d is %d cells wide on a screen of %d: %q", i, width, size[0], ansi.Strip(line))
		}
	}
}

// plain is the text of a frame, its lines without the spaces at their ends.
func plain(frame string) string {
	lines := strings.Split(ansi.Strip(frame), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

func TestGoldenPages(t *testing.T) {
	for _, l := range sampleLessons() {
		for i, p := range l.Pages {
			for _, size := range sizes() {
				for _, look := range looks() {
					name := fmt.Sprintf("%s-%d-%dx%d-%s", l.Slug, i+1, size[0], size[1], look.name)
					t.Run(name, func(t *testing.T) {
						o := sampleOptions(nil)
						o.Start = p.ID
						frame := drawn(o, look, size)
						expectFits(t, frame, size)
						if look.light {
							// Only the colours differ, so the text is that of the dark screen.
							name = strings.Replace(name, "light", "dark", 1)
						}
						tuitest.Golden(t, *update, name, plain(frame))
					})
				}
			}
		}
	}
}

func TestGoldenScreens(t *testing.T) {
	opened := func() lab.Screen { return newFakeLab(nil) }
	for name, strokes := range map[string][]string{
		"help":          {"2", "?"},
		"quiz-wrong":    {"2", "right", "c"},
		"quiz-right":    {"2", "right", "b"},
		"scrolled":      {"2", "right", "right", "end"},
		"notice":        {"left"},
		"lab":           {"2", "enter"},
		"help-in-a-lab": {"2", "enter", "?"},
	} {
		for _, look := range looks() {
			if look.light {
				continue
			}
			t.Run(name+"-"+look.name, func(t *testing.T) {
				frame := drawn(sampleOptions(opened), look, sizes()[0], strokes...)
				expectFits(t, frame, sizes()[0])
				tuitest.Golden(t, *update, name+"-"+look.name, plain(frame))
			})
		}
	}
}

// TestGoldenColours keeps the escape sequences: which colour stands where, on dark and light.
func TestGoldenColours(t *testing.T) {
	for _, look := range looks()[:2] {
		tuitest.Golden(t, *update, "colours-"+look.name, drawn(sampleOptions(nil), look, sizes()[0], "2", "right", "b")+"\n")
	}
}

func TestNoColourMeansNoColour(t *testing.T) {
	opened := func() lab.Screen { return newFakeLab(nil) }
	for _, strokes := range [][]string{{"0"}, {"2"}, {"2", "right", "a"}, {"2", "right", "right"}, {"?"}, {"2", "enter"}} {
		frame := drawn(sampleOptions(opened), looks()[2], sizes()[0], strokes...)
		var state byte
		parser := ansi.NewParser()
		for rest := frame; len(rest) > 0; {
			seq, _, n, next := ansi.DecodeSequence(rest, state, parser)
			state, rest = next, rest[n:]
			if !strings.HasSuffix(seq, "m") || !strings.HasPrefix(seq, "\x1b[") {
				continue
			}
			for _, param := range parser.Params() {
				if p := param.Param(-1); p >= 30 {
					t.Errorf("after %q: %q sets a colour", strokes, seq)
				}
			}
		}
	}
}

func TestASCIIMeansASCII(t *testing.T) {
	opened := func() lab.Screen { return newFakeLab(nil) }
	for _, strokes := range [][]string{{"0"}, {"2"}, {"2", "right", "a"}, {"2", "right", "right"}, {"?"}, {"2", "enter"}} {
		for i, r := range drawn(sampleOptions(opened), looks()[3], sizes()[0], strokes...) {
			if r > 127 {
				t.Fatalf("after %q: byte %d of the frame is part of %q", strokes, i, r)
			}
		}
	}
}

// TestEverySizeFits draws every page at sizes that people drag their windows to.
func TestEverySizeFits(t *testing.T) {
	opened := func() lab.Screen { return newFakeLab(nil) }
	for width := 1; width <= 260; width += 7 {
		for _, height := range []int{1, 2, 23, 24, 25, 41, 70} {
			size := [2]int{width, height}
			for _, strokes := range [][]string{{"2"}, {"2", "n"}, {"2", "n", "n", "end"}, {"?", "down"}, {"2", "enter"}} {
				if width >= tui.MinWidth && height >= tui.MinHeight {
					expectFits(t, drawn(sampleOptions(opened), looks()[0], size, strokes...), size)
				} else {
					expectFits(t, drawn(sampleOptions(opened), looks()[0], size), size)
				}
			}
		}
	}
}
