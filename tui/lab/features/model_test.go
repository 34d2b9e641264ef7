package features

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/theme"
)

var update = flag.Bool("update", false, "write the golden screens anew")

const question = "Which features tell an ectopic beat?"

// recorded is four beats with two features, of which the second tells the classes apart.
func recorded(context.Context) (*lab.FeatureBench, error) {
	b := &lab.FeatureBench{Names: []string{"maximum", "RR interval"}, Labels: []int{0, 1, 0, 1}}
	for i := range b.Labels {
		beat := make([]float32, 128)
		for j := range beat {
			off := float64(j-45) / float64(3+6*(i%2))
			beat[j] = float32(math.Exp(-off * off))
		}
		b.Beats = append(b.Beats, beat)
		b.Raw = append(b.Raw, []float64{1 + float64(i)/10, 1 - float64(i%2)/3})
		b.X = append(b.X, []float64{float64(i) - 1.5, 1 - 2*float64(i%2)})
	}
	return b, nil
}

// screens are the states that a learner meets; no goroutine works.
func screens() map[string]*Model {
	ready := func(keys ...string) *Model {
		m := New(recorded, question)
		bench, _ := recorded(context.Background())
		m.Update(job.Msg{Job: m.job, Events: []lab.Event{opened{bench}}, Ended: true})
		for _, key := range keys {
			m.Update(keymap.Press(key))
		}
		return m
	}
	failed := New(recorded, question)
	failed.Update(job.Msg{Job: failed.job, Ended: true, Err: errors.New("simulating failed")})
	return map[string]*Model{
		"opening": New(recorded, question), "failed": failed, "first": ready(),
		"moved": ready("right", "right", "down", "left", "tab", "right", "n"),
	}
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
	m := screens()["moved"]
	for _, size := range [][2]int{{80, 22}, {120, 38}} {
		for _, name := range []string{"dark", "no-colour", "ascii"} {
			th := themes()[name]
			got := th.Terminal(m.View(size[0], size[1], th)) + "\n"
			path := filepath.Join("testdata", fmt.Sprintf("moved-%s-%dx%d.golden", name, size[0], size[1]))
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
func play(t *testing.T, open Open, script func(m *Model, press func(keys ...string))) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		m := New(open, question)
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

func TestKeysMoveWeights(t *testing.T) {
	play(t, recorded, func(m *Model, press func(...string)) {
		expect(t, m, "beat 1 of 4, normal", "accuracy 50.0 %", "normal 2 of 2, ectopic 0 of 2", "task", "50.0 %")
		press("right", "l")
		expect(t, m, "[0.50]", "-0.75 so it is normal", "normal 1 of 2, ectopic 1 of 2")
		press("w")
		expect(t, m, "beat 2 of 4, ectopic", "is taken for normal", "wrong")
		press("0", "down", "left", "n")
		expect(t, m, "[-0.25]", "beat 3 of 4", "accuracy 100.0 %", "reached ✓")
		press("w")
		expect(t, m, "every beat is classified right")
		press("up", "up", "up", "tab", "j", "k")
		if m.chosen != 0 || m.class != 0 {
			t.Errorf("weight %d of class %d is chosen", m.chosen, m.class)
		}
		for range 30 {
			press("h")
		}
		expect(t, m, "[-5.00]", "weights go from -5 to 5")
		press("r")
		expect(t, m, "[0.00]", "accuracy 50.0 %")
		if !m.Task().Reached {
			t.Error("a task that was reached is lost")
		}
	})
}

func TestFailuresSayWhatToDo(t *testing.T) {
	fails := true
	open := func(ctx context.Context) (*lab.FeatureBench, error) {
		if fails {
			return nil, errors.New("no beats")
		}
		return recorded(ctx)
	}
	play(t, open, func(m *Model, press func(...string)) {
		expect(t, m, "no beats; r tries again")
		fails = false
		press("r")
		expect(t, m, "beat 1 of 4")
		m.Update(job.Msg{Job: job.New(), Ended: true, Err: errors.New("stale")})
		expect(t, m, "Which features")
	})
}

func TestCloseEndsTheWork(t *testing.T) {
	forever := func(ctx context.Context) (*lab.FeatureBench, error) { <-ctx.Done(); return nil, ctx.Err() }
	play(t, forever, func(m *Model, press func(...string)) {
		press("down")
		expect(t, m, "the beats are not there yet")
	})
}
