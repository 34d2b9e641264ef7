package threshold

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
	"github.com/aetutor/aetutor/tui/theme"
)

var update = flag.Bool("update", false, "write the golden screens anew")

const question = "How much error is too much?"

// kinds are the data of somebody without a table.
func kinds() []string { return lab.Env{}.ThresholdKinds() }

// press presses keys; no goroutine works the commands that they give.
func press(m *Model, keys ...string) {
	for _, key := range keys {
		m.Update(keymap.Press(key))
	}
}

// ready is a model whose fake scores are there; no goroutine works.
func ready(t *testing.T, kind string) *Model {
	t.Helper()
	settings := lab.ThresholdSettings{Data: kind, Share: lab.ThresholdShare(kind), Seed: 1}
	s, err := newSets(recorded(kind), settings.Share)
	if err != nil {
		t.Fatal(err)
	}
	kinds := kinds()
	if kind == "own" || kind == "unlabelled" {
		settings.Data, kinds = "own", lab.Env{Own: &lab.Own{}}.ThresholdKinds()
	}
	m := New(nil, settings, kinds, question)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 22})
	m.Update(job.Msg{Job: m.job, Events: []lab.Event{readyMsg{s}}, Ended: true})
	return m
}

// screens are the states of the lab that a learner meets.
func screens(t *testing.T) map[string]*Model {
	t.Helper()
	states := map[string]*Model{}
	m := New(nil, lab.ThresholdSettings{Data: "images", Share: 0.1}, kinds(), question)
	states["opening"] = m

	m = New(nil, lab.ThresholdSettings{Data: "images", Share: 0.1}, kinds(), question)
	m.Update(job.Msg{Job: m.job, Events: labtest.Training("the autoencoder of digits with 16 latent units", 784, 900)})
	states["training"] = m

	m = New(nil, lab.ThresholdSettings{Data: "images", Share: 0.1}, kinds(), question)
	m.Update(job.Msg{Job: m.job, Ended: true, Err: errors.New("t10k-images-idx3-ubyte.gz: truncated")})
	states["failed"] = m

	states["first"] = ready(t, "images")

	m = ready(t, "images")
	press(m, "m", "enter")
	states["judged"] = m

	m = ready(t, "images")
	press(m, "u", "w", "w")
	states["misses"] = m

	m = ready(t, "images")
	press(m, "c", "f", "right", "a")
	states["curve"] = m

	m = ready(t, "table")
	press(m, "u", "w")
	states["rows"] = m

	m = ready(t, "series")
	press(m, "u", "w", "w")
	states["beats"] = m

	m = ready(t, "own")
	press(m, "u")
	states["own"] = m
	m = ready(t, "unlabelled")
	press(m, "u")
	states["unlabelled"] = m
	m = ready(t, "unlabelled")
	press(m, "u", "w", "b")
	states["flagged-rows"] = m
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
	sizes := [][2]int{{1, 1}, {5, 3}, {20, 8}, {40, 12}, {79, 19}, {80, 20}, {80, 22}, {80, 50}, {100, 30}, {120, 38}, {200, 58}, {300, 90}}
	for name, m := range screens(t) {
		for themeName, th := range themes() {
			for _, size := range sizes {
				frame := th.Terminal(m.View(size[0], size[1], th))
				at := fmt.Sprintf("%s/%s/%dx%d", name, themeName, size[0], size[1])
				lines := strings.Split(frame, "\n")
				if len(lines) != size[1] {
					t.Errorf("%s: %d lines, want %d", at, len(lines), size[1])
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
			golden("judged", fmt.Sprintf("judged-%s-%dx%d", name, size[0], size[1]), th, size[0], size[1])
		}
	}
	for state := range states {
		golden(state, state, themes()["no-colour"], 80, 22)
	}
}
