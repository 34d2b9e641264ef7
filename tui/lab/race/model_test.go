package race

import (
	"context"
	"errors"
	"flag"
	"testing"

	engine "github.com/aetutor/aetutor/engine/race"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
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
func screens() map[string]screen.Screen {
	states := map[string]screen.Screen{}
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

func TestViewKeepsItsSize(t *testing.T) { labtest.Sizes(t, screens()) }

func TestGoldenScreens(t *testing.T) { labtest.Golden(t, *update, screens(), "finished") }

// TestOtherBackendsStandBesideTheLoop looks at a size at which all four differ, and whose crossover is judged.
func TestOtherBackendsStandBesideTheLoop(t *testing.T) {
	expect := func(state string, texts ...string) {
		p := labtest.Player{T: t, Screen: screens()[state], Width: 80, Height: 22}
		p.Expect(texts...)
	}
	expect("backends", "n ┄ loop ─ go • xla:cpu × xla:cuda", "256 1.000 128.000 32.000 55.924", "measured crossover 23")
	expect("finished", "not here: xla:cpu xla:cuda")
}

func play(t *testing.T, run Run, script func(p *labtest.Player, m *Model)) {
	t.Helper()
	var m *Model
	labtest.Play(t, func() screen.Screen {
		m = New(run, 32, 1, question)
		return m
	}, func(p *labtest.Player) { script(p, m) })
}

func TestPredictionIsJudged(t *testing.T) {
	play(t, recorded, func(p *labtest.Player, m *Model) {
		p.Press("right", "right")
		p.Expect("crossover at n = 128", "enter starts the race")
		p.Press("enter")
		p.Expect("128, measured 23: factor 5.7", "measured crossover 23")
		p.Press("left", "left", "left")
		p.Expect("crossover at n = 16", "prediction 16", "enter starts the race")
		p.Press("enter")
		p.Expect("reached ✓")
		p.Press("right", "right", "right", "enter")
		if !m.Task().Reached {
			t.Error("a task that was reached is lost")
		}
		p.Press("h", "h", "h", "h", "h", "h", "h", "h")
		p.Expect("sizes go from 4 to 512")
	})
}

func TestRunningRaceKeepsItsPrediction(t *testing.T) {
	forever := func(ctx context.Context, _ int64, _ func(lab.Event)) error { <-ctx.Done(); return ctx.Err() }
	play(t, forever, func(p *labtest.Player, m *Model) {
		p.Press("enter", "right")
		p.Expect("made before the race", "n = 32")
		p.Press("enter")
		p.Expect("the race is on")
		m.Update(job.Msg{Job: job.New(), Events: events(recorded, 5), Ended: true})
		if len(m.points) > 0 || m.phase != racing {
			t.Error("a stale message was taken")
		}
		p.Press("r", "right")
		p.Expect("n = 64")
		p.Press("enter")
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
	play(t, run, func(p *labtest.Player, m *Model) {
		p.Press("enter")
		p.Expect("no backend; enter races again")
		fails = false
		p.Press("enter")
		p.Expect("measured crossover")
	})
}
