package lab

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/race"
)

func TestRaceTaskIsAFactorOfTwo(t *testing.T) {
	for _, c := range []struct {
		prediction int
		crossover  float64
		want       bool
	}{{32, 64, true}, {32, 64.1, false}, {32, 16, true}, {32, 15.9, false}, {32, 0, false}, {4, 4, true}} {
		if got := RaceTask(c.prediction, c.crossover, true); got.Reached != c.want {
			t.Errorf("prediction %d of %g: %+v", c.prediction, c.crossover, got)
		}
	}
	if RaceTask(64, 64, false).Reached {
		t.Error("a prediction is judged before the race has ended")
	}
}

func TestRaceCrossoverOfPowerLaws(t *testing.T) {
	var points []RacePoint
	for _, n := range RaceSizes() {
		points = append(points, RacePoint{race.PointEvent{Multiplier: "loop", Size: n, GFLOPS: 1}},
			RacePoint{race.PointEvent{Multiplier: "go", Size: n, GFLOPS: float64(n*n) / 1000}})
	}
	near(t, "the crossover", RaceCrossover(RaceStart{Loop: "loop", Backend: "go"}, points), math.Sqrt(1000))
}

func TestRaceRefusesOtherPredictions(t *testing.T) {
	v := raceLab().Defaults()
	for _, bad := range []string{"3", "1024", "48", ""} {
		if v.Set("prediction", bad) == nil {
			t.Errorf("the prediction %q is taken", bad)
		}
	}
	if err := v.Set("prediction", "512"); err != nil {
		t.Error(err)
	}
}

func TestRaceRuns(t *testing.T) {
	points := map[string]int{}
	var last Event
	err := raceLab().Run(t.Context(), testEnv(t), raceLab().Defaults(), func(e Event) {
		if p, ok := e.(RacePoint); ok {
			points[p.Multiplier]++
		}
		last = e
	})
	if err != nil {
		t.Fatal(err)
	}
	// On a busy machine the loop may fill the box before the largest size, and is not asked for that then.
	if n := len(RaceSizes()); points["go"] != n || points["loop"] < n/2 || len(points) != 2 {
		t.Errorf("the points are %v", points)
	}
	if done, ok := last.(RaceDone); !ok || done.Text == "" {
		t.Errorf("the last event is %+v", last)
	}
}

// TestARaceWaitsForTheMachine has somebody else compute, beside whom no product can be measured.
func TestARaceWaitsForTheMachine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		env := testEnv(t)
		b, err := env.Backend()
		if err != nil {
			t.Fatal(err)
		}
		end, err := b.Core(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer end()
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() {
			ended <- Race(ctx, env, 1, func(e Event) {
				if p, ok := e.(RacePoint); ok {
					t.Errorf("%s was measured beside others", p.Multiplier)
				}
			})
		}()
		synctest.Wait() // It waits for the machine; nothing else would let the bubble rest.
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("the race ended with %v", err)
		}
	})
}

// TestEveryBackendThatOpensRaces has a second Go backend stand in for a plugin, and one that opens but cannot multiply.
func TestEveryBackendThatOpensRaces(t *testing.T) {
	env := testEnv(t)
	var opened []*engine.Backend
	env.Open = func(name string) (*engine.Backend, error) {
		if name == "go" || name == "auto" {
			t.Errorf("%s is opened a second time", name)
		}
		b, err := engine.Open("go")
		if err != nil {
			return nil, err
		}
		opened = append(opened, b)
		if name == "xla:cuda" {
			b.Close()
		}
		return b, nil
	}
	points := map[string]int{}
	var start RaceStart
	err := raceLab().Run(t.Context(), env, raceLab().Defaults(), func(e Event) {
		switch e := e.(type) {
		case RaceStart:
			start = e
		case RacePoint:
			points[e.Multiplier]++
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	n := len(RaceSizes())
	if len(points) != 3 || points["loop"] < n/2 || points["go"] != n || points["xla:cpu"] != n {
		t.Errorf("the points are %v", points)
	}
	if !slices.Equal(start.Racers(), []string{"loop", "go", "xla:cpu"}) || len(start.Missing) != 1 || start.Missing[0].Backend != "xla:cuda" {
		t.Errorf("%+v", start)
	}
	for _, want := range []string{"against xla:cpu, which also opened here", "xla:cuda does not race: "} {
		if !strings.Contains(start.Line(), want) {
			t.Errorf("%q does not say %q", start.Line(), want)
		}
	}
	if _, err := engine.NewMatrix(opened[0], 2, 2); err == nil {
		t.Error("the stand-in stays open after the race")
	}
}

func TestBackendsThatDoNotOpenAreNamed(t *testing.T) {
	env := testEnv(t)
	env.Open = func(name string) (*engine.Backend, error) { return nil, fmt.Errorf("no plugin for %s", name) }
	ctx, cancel := context.WithCancel(t.Context())
	err := Race(ctx, env, 1, func(e Event) {
		if start, ok := e.(RaceStart); ok && (len(start.Others) > 0 || len(start.Missing) != 2 ||
			start.Missing[1] != RaceMissing{"xla:cuda", "no plugin for xla:cuda"}) {
			t.Errorf("%+v", start)
		}
		cancel()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled race ends with %v", err)
	}
}
