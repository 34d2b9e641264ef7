package race

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

	engine "github.com/aetutor/aetutor/engine/race"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/theme"
)

var update = flag.Bool("update", false, "write the golden screens anew")

const question = "From which size on does the backend pay?"

// recorded tells a race whose crossover is at n = 16·√2.
func recorded(_ context.Context, _ int64, emit func(lab.Event)) error {
	emit(lab.RaceStart{
		Loop: "loop", Backend: "go", Reason: "always works", Missing: []lab.RaceMissing{{Backend: "xla:cpu"}, {Backend: "xla:cuda"}},
	})
	for _, n := range lab.RaceSizes() {
		emit(lab.RacePoint{PointEvent: engine.PointEvent{Multiplier: "loop", Size: n, GFLOPS: 1}})
		emit(lab.RacePoint{PointEvent: engine.PointEvent{Multiplier: "go", Size: n, GFLOPS: float64(n*n) / 512}})
	}
	return nil
}

// threeBackends tells the race of a machine with plugins.
func threeBackends(_ context.Context, _ int64, emit func(lab.Event)) error {
	emit(lab.RaceStart{Loop: "loop", Backend: "go", Reason: "chosen by name", Others: []string{"xla:cpu", "xla:cuda"}})
	speeds := []func(n float64) float64{
		func(float64) float64 { return 1 }, func(n float64) float64 { return n * n / 512 },
		func(n float64) float64 { return n * n / 2048 }, func(n float64) float64 { return n * n * n / 3e5 },
	}
	for _, n := range lab.RaceSizes() {
		for i, name := range []string{"loop", "go", "xla:cpu", "xla:cuda"} {
			emit(lab.RacePoint{PointEvent: engine.PointEvent{Multiplier: name, Size: n, GFLOPS: speeds[i](float64(n))}})
		}
	}
	return nil
}

func events(run Run, count int) []lab.Event {
	var all []lab.Event
	_ = run(context.Background(), 1, func(e lab.Event) { all = append(all, e) })
	return all[:min(count, len(all))]
}

// screens are the states that a learner meets; no goroutine works.
func screens() map[string]*Model {
	states := map[string]*Model{}
	for name, count := range map[string]int{"predicting": 0, "racing": 8, "finished": 100} {
		m := New(recorded, 32, 1, question)
		if count > 0 {
			m.Update(keymap.Press("enter"))
			m.Update(job.Msg{Job: m.job, Events: events(recorded, count), Ended: count == 100})
		}
		states[name] = m
	}
	many := New(threeBackends, 32, 1, question)
	many.Update(keymap.Press("enter"))
	many.Update(job.Msg{Job: many.job, Events: events(threeBackends, 100), Ended: true})
	states["backends"] = many
	failed := New(recorded, 32, 1, question)
	failed.Update(keymap.Press("enter"))
	failed.Update(job.Msg{Job: failed.job, Ended: true, Err: errors.New("go at 8×8: row 1 of the product is wrong")})
	states["failed"] = failed
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
	for _, state := range []string{"finished", "backends"} {
		goldenScreens(t, state)
	}
}

func goldenScreens(t *testing.T, state string) {
	t.Helper()
	m := screens()[state]
	for _, size := range [][2]int{{80, 22}, {120, 38}} {
		for _, name := range []string{"dark", "no-colour", "ascii"} {
			th := themes()[name]
			got := th.Terminal(m.View(size[0], size[1], th)) + "\n"
			path := filepath.Join("testdata", fmt.Sprintf("%s-%s-%dx%d.golden", state, name, size[0], size[1]))
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

// TestOtherBackendsStandBesideTheLoop looks at a size at which all four differ, and whose crossover is judged.
func TestOtherBackendsStandBesideTheLoop(t *testing.T) {
	m := screens()["backends"]
	expect(t, m, "n ┄ loop ─ go • xla:cpu × xla:cuda", "256 1.000 128.000 32.000 55.924", "measured crossover 23")
	expect(t, screens()["finished"], "not here: xla:cpu xla:cuda")
}

// play runs the lab as Bubble Tea does, in a bubble; it fails when a goroutine is left.
func play(t *testing.T, run Run, script func(m *Model, press func(keys ...string))) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		m := New(run, 32, 1, question)
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

func TestPredictionIsJudged(t *testing.T) {
	play(t, recorded, func(m *Model, press func(...string)) {
		press("right", "right")
		expect(t, m, "crossover at n = 128", "enter starts the race")
		press("enter")
		expect(t, m, "128, measured 23: factor 5.7", "measured crossover 23")
		press("left", "left", "left")
		expect(t, m, "crossover at n = 16", "prediction 16", "enter starts the race")
		press("enter")
		expect(t, m, "reached ✓")
		press("right", "right", "right", "enter")
		if !m.Task().Reached {
			t.Error("a task that was reached is lost")
		}
		press("h", "h", "h", "h", "h", "h", "h", "h")
		expect(t, m, "sizes go from 4 to 512")
	})
}

func TestRunningRaceKeepsItsPrediction(t *testing.T) {
	forever := func(ctx context.Context, _ int64, _ func(lab.Event)) error { <-ctx.Done(); return ctx.Err() }
	play(t, forever, func(m *Model, press func(...string)) {
		press("enter", "right")
		expect(t, m, "made before the race", "n = 32")
		press("enter")
		expect(t, m, "the race is on")
		m.Update(job.Msg{Job: job.New(), Events: events(recorded, 5), Ended: true})
		if len(m.points) > 0 || m.phase != racing {
			t.Error("a stale message was taken")
		}
		press("r", "right")
		expect(t, m, "n = 64")
		press("enter")
	})
}

func TestFailuresSayWhatToDo(t *testing.T) {
	fails := true
	run := func(ctx context.Context, seed int64, emit func(lab.Event)) error {
		if fails {
			return errors.New("no backend")
		}
		return recorded(ctx, seed, emit)
	}
	play(t, run, func(m *Model, press func(...string)) {
		press("enter")
		expect(t, m, "no backend; enter races again")
		fails = false
		press("enter")
		expect(t, m, "measured crossover")
	})
}
