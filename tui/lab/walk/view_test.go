package walk

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
	"github.com/aetutor/aetutor/tui/theme"
)

var update = flag.Bool("update", false, "write the golden screens anew")

const question = "What does each model draw where no digit was encoded?"

// ready is a lab at a place, with all decoded; no goroutine works.
func ready(at lab.Place, keys ...string) *Model {
	w := &recordedWalker{}
	m := New(nil, 0.25, 1, question)
	m.Update(job.Msg{Job: m.job, Events: []lab.Event{recordedOpened(w)}})
	sight, _ := w.Look(at)
	draws, _ := w.Draw(1)
	m.at = at
	m.Update(job.Msg{Job: m.job, Events: []lab.Event{seen{sight, &draws, 1}}, Ended: true})
	for _, key := range keys {
		m.Update(keymap.Press(key))
	}
	return m
}

// screens are the states of the lab that a learner meets.
func screens() map[string]*Model {
	at := lab.Place{0.75, -0.5}
	states := map[string]*Model{
		"opening": New(nil, 0.25, 1, question), "both": ready(at), "vae": ready(at, "c"), "autoencoder": ready(at, "c", "c"),
		"grid": ready(at, "g"), "grid of one": ready(at, "c", "g"), "samples": ready(at, "n"), "samples of one": ready(at, "c", "n"),
	}
	m := New(nil, 0.25, 1, question)
	m.Update(job.Msg{Job: m.job, Events: labtest.Training("the VAE of digits with 2 latent units", 784, 900)})
	states["training"] = m
	m = New(nil, 0.25, 1, question)
	m.Update(job.Msg{Job: m.job, Ended: true, Err: errNoRoom})
	states["failed"] = m
	m = New(nil, 0.25, 1, question)
	m.Update(job.Msg{Job: m.job, Events: []lab.Event{recordedOpened(&recordedWalker{})}})
	states["before the first look"] = m
	return states
}

func themes() map[string]theme.Theme {
	return map[string]theme.Theme{
		"dark":      theme.New(theme.Dark, colorprofile.TrueColor, true),
		"light":     theme.New(theme.Light, colorprofile.TrueColor, true),
		"no-colour": theme.New(theme.Dark, colorprofile.ASCII, true),
		"ascii":     theme.New(theme.Dark, colorprofile.ASCII, false),
	}
}

func TestViewKeepsItsSize(t *testing.T) {
	sizes := [][2]int{{1, 1}, {5, 3}, {20, 8}, {40, 12}, {59, 20}, {79, 19}, {80, 20}, {80, 22}, {80, 50}, {100, 30}, {120, 38}, {200, 58}, {300, 90}}
	for name, m := range screens() {
		for themeName, th := range themes() {
			for _, size := range sizes {
				frame := th.Terminal(m.View(size[0], size[1], th))
				lines := strings.Split(frame, "\n")
				at := fmt.Sprintf("%s/%s/%dx%d", name, themeName, size[0], size[1])
				if len(lines) != size[1] {
					t.Errorf("%s: %d lines", at, len(lines))
				}
				for i, line := range lines {
					if got := ansi.StringWidth(line); got > size[0] {
						t.Errorf("%s: line %d has %d cells: %q", at, i, got, ansi.Strip(line))
					}
				}
				if !th.Unicode && strings.ContainsFunc(frame, func(r rune) bool { return r > 127 }) {
					t.Errorf("%s: more than ASCII on an ASCII screen", at)
				}
			}
		}
	}
}

func TestGoldenScreens(t *testing.T) {
	states := screens()
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
			golden("both", fmt.Sprintf("both-%s-%dx%d", name, size[0], size[1]), th, size[0], size[1])
		}
	}
	for state := range states {
		golden(state, strings.ReplaceAll(state, " ", "-"), themes()["no-colour"], 80, 22)
	}
}
