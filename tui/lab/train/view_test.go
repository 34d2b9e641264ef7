package train

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

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/theme"
)

var update = flag.Bool("update", false, "write the golden screens anew")

var testTask = Task{Error: 0.012, Latent: 16}

// pressed is the command that a key gives.
func pressed(m *Model, key string) tea.Cmd {
	_, cmd := m.Update(keymap.Press(key))
	return cmd
}

// press presses keys; no goroutine works the commands that they give.
func press(t *testing.T, m *Model, keys ...string) {
	t.Helper()
	for _, key := range keys {
		pressed(m, key)
	}
}

// ready is a model whose fake run is about to start; no goroutine works.
func ready(t *testing.T) *Model {
	t.Helper()
	m := New(nil, recordedSettings(), "What comes back first?", testTask)
	prepared(t, m)
	return m
}

func prepared(t *testing.T, m *Model) {
	t.Helper()
	m.Update(preparedMsg{job: m.job, prepared: Prepared{
		Run: newFakeRun(), Architecture: "784–256–64–16–64–256–784", Parameters: 437664, Backend: "go, simd, 2 cores",
		Examples: 60000,
	}})
}

func show(m *Model, events ...engine.Event) {
	msg := job.Msg{Job: m.job}
	for _, e := range events {
		msg.Events = append(msg.Events, e)
	}
	m.Update(msg)
}

// screens are the states of the lab that a learner meets.
func screens(t *testing.T) map[string]*Model {
	t.Helper()
	states := map[string]*Model{}
	states["opening"] = New(nil, recordedSettings(), "What comes back first?", testTask)

	states["first step"] = ready(t)

	m := ready(t)
	show(m, recorded(1204, 1)...)
	states["training"] = m

	m = ready(t)
	show(m, recorded(4690, 1.4)...)
	show(m, engine.DoneEvent{TrainLoss: 0.0224, ValLoss: 0.0233, Epochs: 10, Seconds: 24.7, SamplesPerSecond: 24290, Ending: engine.Finished})
	m.Update(job.Msg{Job: m.job, Ended: true})
	press(t, m, "+", "r")
	prepared(t, m)
	show(m, recorded(1204, 1)...)
	press(t, m, "space")
	states["overlay, paused"] = m

	m = ready(t)
	show(m, recorded(4690, 0.7)...)
	show(m, engine.DoneEvent{TrainLoss: 0.0112, ValLoss: 0.0118, Epochs: 10, Seconds: 124.7, SamplesPerSecond: 24290, Ending: engine.Finished})
	m.Update(job.Msg{Job: m.job, Ended: true})
	states["done"] = m

	m = ready(t)
	show(m, recorded(300, 1)...)
	show(m, engine.ErrorEvent{Err: errors.New("the loss became NaN at step 301: the steps are too large; start over with a learning rate well below 10")})
	m.Update(job.Msg{Job: m.job, Ended: true})
	press(t, m, "-")
	states["failed"] = m

	m = New(nil, ownSettings(), "What comes back first?", testTask)
	m.Offer(recordedSettings())
	m.Update(preparedMsg{job: m.job, prepared: Prepared{
		Run: newFakeRun(), Architecture: "7–4–2–4–7", Parameters: 81, Backend: "go, simd, 2 cores", Examples: 120,
		Columns: ownColumns(), Rows: []string{"line 3", "line 17", "line 140", "line 9"},
	}})
	show(m, recorded(1204, 3)...)
	show(m, rowsPreview())
	states["own table"] = m

	m = New(nil, recordedSettings(), "What comes back first?")
	m.Update(preparedMsg{job: m.job, err: errors.New("t10k-images-idx3-ubyte.gz: truncated")})
	states["nothing to train on"] = m
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
			golden("overlay, paused", fmt.Sprintf("overlay-%s-%dx%d", name, size[0], size[1]), th, size[0], size[1])
		}
	}
	for state := range states {
		golden(state, strings.NewReplacer(" ", "-", ",", "").Replace(state), themes()["no-colour"], 80, 22)
	}
}

func TestErrorKeepsItsAdvice(t *testing.T) {
	frame := screens(t)["failed"].View(80, 22, themes()["no-colour"])
	for _, want := range []string{"NaN at step 301", "learning rate well below 10", "r starts over", "5.0e-4 in the next run"} {
		if !strings.Contains(strings.Join(strings.Fields(ansi.Strip(frame)), " "), want) {
			t.Errorf("the screen does not say %q:\n%s", want, ansi.Strip(frame))
		}
	}
}

func BenchmarkView(b *testing.B) {
	m := New(nil, recordedSettings(), "What comes back first?", testTask)
	show(m, recorded(4690, 1)...)
	th := themes()["dark"]
	for b.Loop() {
		m.View(200, 58, th)
	}
}
