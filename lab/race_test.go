package lab

import (
	"math"
	"testing"

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
	if n := len(RaceSizes()); points["loop"] != n || len(points) != 2 {
		t.Errorf("the points are %v", points)
	}
	if done, ok := last.(RaceDone); !ok || done.Text == "" {
		t.Errorf("the last event is %+v", last)
	}
}
