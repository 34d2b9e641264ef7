package lab

import (
	"context"
	"fmt"
	"math"

	"github.com/aetutor/aetutor/engine/race"
)

// RaceSizes are the n of the n×n matrices of the lab matmul-race, all powers of two.
func RaceSizes() []int { return []int{4, 8, 16, 32, 64, 128, 256, 512} }

// RaceStart begins the events of the lab matmul-race.
type RaceStart struct {
	Loop    string `json:"loop"`    // the name of the textbook's loop in the points
	Backend string `json:"backend"` // that of its rival
	Reason  string `json:"reason"`  // why this backend
}

// Kind implements Event.
func (RaceStart) Kind() string { return "start" }

// Line says who races.
func (s RaceStart) Line() string {
	return fmt.Sprintf("three nested loops against the backend %s (%s)", s.Backend, s.Reason)
}

// RacePoint is one measured product.
type RacePoint struct{ race.PointEvent }

// Line says how fast it was.
func (p RacePoint) Line() string {
	return fmt.Sprintf("n %4d  %-8s %9.3f GFLOP/s  %10.6f s", p.Size, p.Multiplier, p.GFLOPS, p.Seconds)
}

// RaceDone ends the lab matmul-race.
type RaceDone struct {
	Prediction int     `json:"prediction"`
	Crossover  float64 `json:"crossover"` // 0 where the backend does not win
	Task
}

// Kind implements Event.
func (RaceDone) Kind() string { return "done" }

// Line says where the backend overtakes.
func (d RaceDone) Line() string {
	if d.Crossover == 0 {
		return "the backend does not overtake the loop\n" + d.Task.Line()
	}
	return fmt.Sprintf("the backend overtakes the loop at n = %.0f\n%s", d.Crossover, d.Task.Line())
}

// RaceTask judges a prediction of the size from which on the backend wins. crossover is the measured one, 0 where the
// backend never wins; before the race has ended nothing is judged.
func RaceTask(prediction int, crossover float64, ended bool) Task {
	t := Task{Text: "predict the crossover within a factor of 2"}
	switch {
	case !ended:
		t.Now = fmt.Sprintf("prediction %d", prediction)
	case crossover <= 0:
		t.Now = "there was no crossover"
	default:
		off := math.Max(float64(prediction)/crossover, crossover/float64(prediction))
		t.Now = fmt.Sprintf("%d, measured %.0f: factor %.1f", prediction, crossover, off)
		t.Reached = off <= 2
	}
	return t
}

// Race measures the textbook's loop and the backend at all sizes and tells a RaceStart and each RacePoint.
func Race(ctx context.Context, env Env, seed int64, emit func(Event)) error {
	b, err := env.Backend()
	if err != nil {
		return err
	}
	emit(RaceStart{Loop: race.LoopName, Backend: b.Name(), Reason: b.Reason()})
	racers := []race.Multiplier{race.Loop(), race.OnBackend(b)}
	return race.Run(ctx, racers, race.Options{Sizes: RaceSizes(), Seed: seed}, func(p race.PointEvent) { emit(RacePoint{p}) })
}

// RaceCrossover is the size from which on the backend wins, 0 where it never does.
func RaceCrossover(start RaceStart, points []RacePoint) float64 {
	events := make([]race.PointEvent, len(points))
	for i, p := range points {
		events[i] = p.PointEvent
	}
	n, _ := race.Crossover(events, start.Loop, start.Backend) // n is 0 where there is none.
	return n
}

func raceLab() Lab {
	return Lab{
		ID: "matmul-race", Lesson: "gpu",
		About:    "lets three nested loops and the backend multiply matrices",
		Question: "From which size on does the backend pay for its own overhead?",
		Task:     RaceTask(0, 0, false).Text,
		Params: []Param{
			{"prediction", "64", "the size from which on the backend wins, a power of two from 4 to 512", func(s string) bool {
				for _, n := range RaceSizes() {
					if s == fmt.Sprint(n) {
						return true
					}
				}
				return false
			}},
			seedParam(),
		},
		Run: runRace,
	}
}

func runRace(ctx context.Context, env Env, v Values, emit func(Event)) error {
	var start RaceStart
	var points []RacePoint
	err := Race(ctx, env, v.Seed(), func(e Event) {
		switch e := e.(type) {
		case RaceStart:
			start = e
		case RacePoint:
			points = append(points, e)
		}
		emit(e)
	})
	if err != nil {
		return err
	}
	crossover, prediction := RaceCrossover(start, points), v.Whole("prediction")
	emit(RaceDone{prediction, crossover, RaceTask(prediction, crossover, true)})
	return nil
}
