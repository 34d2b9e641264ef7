package devices

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/engine/device"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/theme"
)

var update = flag.Bool("update", false, "write the golden screens anew")

const question = "What will compute your networks?"

// recorded tells of a machine with a GPU that nothing uses.
func recorded(_ context.Context, emit func(lab.Event)) error {
	emit(lab.DevicesDone{Report: device.Report{
		SIMD: true, Backend: device.Backend{Name: "go", Reason: "it always works, and no PJRT plugin was found"},
		CPU:         device.CPU{Model: "A Processor at 2.10 GHz", Cores: 8, Features: []string{"avx2", "fma"}},
		MemoryBytes: 16 << 30,
		GPUs:        []device.GPU{{Vendor: "NVIDIA", Name: "A GPU", MemoryBytes: 8 << 30, Driver: "550.1", ComputeCapability: "8.0"}},
		Problems: []device.Problem{
			{What: "the NVIDIA GPU A GPU is not used, because there is no CUDA plugin", Fix: "aetutor doctor --install cuda"},
			{What: "Go uses 4 of 8 processor cores", Fix: "unset the environment variable GOMAXPROCS, which is 4"},
		},
	}})
	return nil
}

// screens are the states that a learner meets; no goroutine works.
func screens() map[string]*Model {
	found := New(recorded, question)
	_ = recorded(context.Background(), func(e lab.Event) {
		found.Update(job.Msg{Job: found.job, Events: []lab.Event{e}, Ended: true})
	})
	failed := New(recorded, question)
	failed.Update(job.Msg{Job: failed.job, Ended: true, Err: errors.New("inspecting the machine failed")})
	return map[string]*Model{"found": found, "failed": failed, "looking": New(recorded, question)}
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
	for name, m := range screens() {
		for themeName, th := range themes() {
			for _, size := range [][2]int{{1, 1}, {5, 3}, {20, 8}, {40, 12}, {80, 20}, {80, 22}, {120, 38}, {200, 58}} {
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
	m := screens()["found"]
	for _, size := range [][2]int{{80, 22}, {120, 38}} {
		for _, name := range []string{"dark", "no-colour", "ascii"} {
			th := themes()[name]
			got := th.Terminal(m.View(size[0], size[1], th)) + "\n"
			path := filepath.Join("testdata", fmt.Sprintf("found-%s-%dx%d.golden", name, size[0], size[1]))
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
		}
	}
}

// play runs the lab as Bubble Tea does, in a bubble; it fails when a goroutine is left.
func play(t *testing.T, inspect Inspect, script func(m *Model, press func(keys ...string))) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		m := New(inspect, question)
		msgs := make(chan tea.Msg, 100)
		work := func(cmd tea.Cmd) {
			if cmd != nil {
				go func() { msgs <- cmd() }()
			}
			for {
				time.Sleep(100 * time.Millisecond)
				synctest.Wait()
				select {
				case msg := <-msgs:
					if _, next := m.Update(msg); next != nil {
						go func() { msgs <- next() }()
					}
				default:
					return
				}
			}
		}
		work(m.Init())
		script(m, func(keys ...string) {
			for _, key := range keys {
				_, cmd := m.Update(keymap.Press(key))
				work(cmd)
			}
		})
		m.Close()
		synctest.Wait()
	})
}

func expect(t *testing.T, m *Model, texts ...string) {
	t.Helper()
	text := strings.Join(strings.Fields(ansi.Strip(m.View(80, 22, themes()["no-colour"]))), " ")
	for _, want := range texts {
		if !strings.Contains(text, want) {
			t.Errorf("the screen does not say %q:\n%s", want, text)
		}
	}
}

func TestLooksAndScrolls(t *testing.T) {
	play(t, recorded, func(m *Model, press func(...string)) {
		m.Update(tea.WindowSizeMsg{Width: 80, Height: 8})
		expect(t, m, "no PJRT plugin was found", "avx2 fma memory", "program built with vector kernels", "16.0 GiB", "driver 550.1",
			"What to do: aetutor doctor --install cuda", "Go uses 4 of 8")
		press("down", "j", "k")
		if m.top != 1 {
			t.Errorf("the first line is %d, want 1", m.top)
		}
		for range 40 {
			press("down")
		}
		lines := len(m.lines(80, themes()["no-colour"]))
		if m.top != lines-7 {
			t.Errorf("scrolling ends at %d of %d lines", m.top, lines)
		}
		if m.Task() != (lab.Task{}) {
			t.Errorf("there is a task: %+v", m.Task())
		}
	})
}

func TestFailuresSayWhatToDo(t *testing.T) {
	fails := true
	inspect := func(ctx context.Context, emit func(lab.Event)) error {
		if fails {
			return errors.New("no answer")
		}
		return recorded(ctx, emit)
	}
	play(t, inspect, func(m *Model, press func(...string)) {
		expect(t, m, "no answer; r looks again")
		fails = false
		press("r")
		expect(t, m, "16.0 GiB")
		m.Update(job.Msg{Job: job.New(), Ended: true, Err: errors.New("stale")})
		expect(t, m, "16.0 GiB")
	})
}

func TestCloseEndsTheWork(t *testing.T) {
	forever := func(ctx context.Context, _ func(lab.Event)) error { <-ctx.Done(); return ctx.Err() }
	play(t, forever, func(m *Model, press func(...string)) {
		press("down")
		expect(t, m, "looking at the machine")
	})
}
