package devices

import (
	"context"
	"errors"
	"flag"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/engine/device"
	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
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
func screens() map[string]screen.Screen {
	found := New(recorded, question)
	_ = recorded(context.Background(), func(e lab.Event) {
		found.Update(job.Msg{Job: found.job, Events: []lab.Event{e}, Ended: true})
	})
	failed := New(recorded, question)
	failed.Update(job.Msg{Job: failed.job, Ended: true, Err: errors.New("inspecting the machine failed")})
	return map[string]screen.Screen{"found": found, "failed": failed, "looking": New(recorded, question)}
}

func TestViewKeepsItsSize(t *testing.T) { labtest.Sizes(t, screens()) }

func TestGoldenScreens(t *testing.T) { labtest.Golden(t, *update, screens(), "found") }

func play(t *testing.T, inspect Inspect, script func(p *labtest.Player, m *Model)) {
	t.Helper()
	var m *Model
	labtest.Play(t, func() screen.Screen {
		m = New(inspect, question)
		return m
	}, func(p *labtest.Player) { script(p, m) })
}

func TestLooksAndScrolls(t *testing.T) {
	play(t, recorded, func(p *labtest.Player, m *Model) {
		m.Update(tea.WindowSizeMsg{Width: 80, Height: 8})
		p.Expect("no PJRT plugin was found", "avx2 fma memory", "program built with vector kernels", "16.0 GiB", "driver 550.1",
			"What to do: aetutor doctor --install cuda", "Go uses 4 of 8")
		p.Press("down", "j", "k")
		for _, button := range []tea.MouseButton{tea.MouseWheelDown, tea.MouseWheelUp, tea.MouseWheelLeft, tea.MouseWheelRight} {
			p.Send(tea.MouseWheelMsg{Button: button})
		}
		if m.top != 1 {
			t.Errorf("the first line is %d, want 1", m.top)
		}
		for range 40 {
			p.Press("down")
		}
		lines := len(m.lines(80, labtest.Themes()["no-colour"]))
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
	play(t, inspect, func(p *labtest.Player, m *Model) {
		p.Expect("no answer; r looks again")
		fails = false
		p.Press("r")
		p.Expect("16.0 GiB")
		m.Update(job.Msg{Job: job.New(), Ended: true, Err: errors.New("stale")})
		p.Expect("16.0 GiB")
	})
}

func TestCloseEndsTheWork(t *testing.T) {
	forever := func(ctx context.Context, _ func(lab.Event)) error { <-ctx.Done(); return ctx.Err() }
	play(t, forever, func(p *labtest.Player, m *Model) {
		p.Press("down")
		p.Expect("looking at the machine")
	})
}
