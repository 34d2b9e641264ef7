package vaetrain

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/theme"
)

var update = flag.Bool("update", false, "write the golden screens anew")

const question = "Which β puts the codes where N(0, 1) draws?"

// press presses keys; no goroutine works the commands that they give.
func press(m *Model, keys ...string) {
	for _, key := range keys {
		m.Update(keymap.Press(key))
	}
}

func show(m *Model, events ...lab.Event) { m.Update(job.Msg{Job: m.job, Events: events}) }

// ready is a model whose fake run has just started; no goroutine works.
func ready() *Model {
	m := New(nil, recordedSettings(), question)
	show(m, recordedStart(newFakeRun()))
	return m
}

// screens are the states of the lab that a learner meets.
func screens() map[string]*Model {
	states := map[string]*Model{}
	states["opening"] = New(nil, recordedSettings(), question)
	states["first step"] = ready()

	m := ready()
	show(m, recorded(1204, 1)...)
	states["training"] = m

	m = ready()
	show(m, recorded(4690, 1.1)...)
	end := look(4690, 1)
	end.Whole, end.Samples.Grey = true, 0.19
	end.Task = lab.VAETask(end.KL, end.Samples)
	show(m, end, lab.VAEDone{
		DoneEvent:      engine.DoneEvent{Epochs: 10, Seconds: 31.7, SamplesPerSecond: 20110, Ending: engine.Finished},
		Reconstruction: 143.1, KL: 5.84, Samples: end.Samples, Task: end.Task,
	})
	m.Update(job.Msg{Job: m.job, Ended: true})
	states["done"] = m

	m = ready()
	show(m, recorded(4690, 1.1)...)
	press(m, "left", "left", "left", "left", "left", "r")
	show(m, recordedStart(newFakeRun()))
	show(m, recorded(1204, 1)...)
	show(m, look(1204, 9))
	press(m, "right", "space")
	states["overlay, paused"] = m

	m = ready()
	show(m, recorded(300, 1)...)
	m.Update(job.Msg{Job: m.job, Ended: true, Err: errors.New("the loss became NaN at step 301: the steps are too large; start over with a learning rate well below 10")})
	states["failed"] = m
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
	sizes := [][2]int{{1, 1}, {5, 3}, {20, 8}, {40, 12}, {59, 20}, {79, 19}, {80, 20}, {80, 21}, {80, 22}, {80, 50}, {100, 30}, {120, 38}, {200, 58}, {300, 90}}
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
			golden("overlay, paused", fmt.Sprintf("overlay-%s-%dx%d", name, size[0], size[1]), th, size[0], size[1])
		}
	}
	for state := range states {
		golden(state, strings.NewReplacer(" ", "-", ",", "").Replace(state), themes()["no-colour"], 80, 22)
	}
}
