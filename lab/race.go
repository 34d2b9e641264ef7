package lab

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/race"
	"github.com/aetutor/aetutor/engine/turn"
)

// RaceSizes are the n of the n×n matrices of the lab matmul-race, all powers of two.
func RaceSizes() []int { return []int{4, 8, 16, 32, 64, 128, 256, 512} }

// RaceStart begins the events of the lab matmul-race.
type RaceStart struct {
	Loop    string        `json:"loop"`    // the name of the textbook's loop in the points
	Backend string        `json:"backend"` // that of the backend that the labs use, whose crossover is predicted
	Reason  string        `json:"reason"`  // why this backend
	Others  []string      `json:"others"`  // all further backends that can be opened on this machine
	Missing []RaceMissing `json:"missing"` // those that cannot
}

// RaceMissing is a backend that does not race.
type RaceMissing struct {
	Backend string `json:"backend"`
	Reason  string `json:"reason"`
}

// Racers are the names of all who race, the loop first, then the backend of the prediction.
func (s RaceStart) Racers() []string { return append([]string{s.Loop, s.Backend}, s.Others...) }

// Kind implements Event.
func (RaceStart) Kind() string { return "start" }

// Line says who races.
func (s RaceStart) Line() string {
	lines := []string{fmt.Sprintf("three nested loops against the backend %s (%s)", s.Backend, s.Reason)}
	if len(s.Others) > 0 {
		lines = append(lines, "and against "+strings.Join(s.Others, ", ")+", which also opened here")
	}
	for _, m := range s.Missing {
		lines = append(lines, m.Backend+" does not race: "+m.Reason)
	}
	return strings.Join(lines, "\n")
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

// guessFactor is how far a prediction may be off.
const guessFactor = 2

// judgeGuess says by what factor a prediction and the measured number differ, 1 where they are equal, and whether that
// reaches a task. Both are above 0.
func judgeGuess(guess, measured float64) (off float64, reached bool, figure Figure) {
	off = max(guess/measured, measured/guess)
	return off, off <= guessFactor, lowest("factor between prediction and measurement", off)
}

// RaceTask judges a prediction of the size from which on the backend wins. crossover is the measured one, 0 where the
// backend never wins; before the race has ended nothing is judged.
func RaceTask(prediction int, crossover float64, ended bool) Task {
	t := Task{Text: fmt.Sprintf("predict the crossover within a factor of %d", guessFactor)}
	switch {
	case !ended:
		t.Now = fmt.Sprintf("prediction %d", prediction)
	case crossover <= 0:
		t.Now = "there was no crossover"
	default:
		var off float64
		off, t.Reached, t.Figure = judgeGuess(float64(prediction), crossover)
		t.Now = fmt.Sprintf("%d, measured %.0f: factor %.1f", prediction, crossover, off)
	}
	return t
}

// Race measures the textbook's loop and every backend that can be opened on this machine at all sizes and tells a
// RaceStart and each RacePoint. Where others use the machine, each product waits until it has the machine alone.
func Race(ctx context.Context, env Env, seed int64, emit func(Event)) error {
	b, err := env.Backend()
	if err != nil {
		return err
	}
	start := RaceStart{Loop: race.LoopName, Backend: b.Name(), Reason: b.Reason(), Others: []string{},
		Missing: []RaceMissing{}}
	racers := []race.Multiplier{race.Loop(), race.OnBackend(b.Name(), b)}
	for _, name := range engine.BackendNames() {
		if name == "auto" || name == b.Name() || env.Open == nil {
			continue
		}
		other, err := openRacer(ctx, env, name, b.Alone)
		if err != nil {
			start.Missing = append(start.Missing, RaceMissing{name, err.Error()})
			continue
		}
		defer other.Close()
		start.Others, racers = append(start.Others, name), append(racers, race.OnBackend(name, other))
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	emit(start)
	options := race.Options{Sizes: RaceSizes(), Seed: seed, Alone: b.Alone}
	return race.Run(ctx, racers, options, func(p race.PointEvent) { emit(RacePoint{p}) })
}

// openRacer opens a backend and lets it multiply once, so that one that cannot is left out and does not end the race of
// the others.
func openRacer(ctx context.Context, env Env, name string, alone turn.Core) (*engine.Backend, error) {
	b, err := env.Open(name)
	if err != nil {
		return nil, err
	}
	once := race.Options{Sizes: RaceSizes()[:1], Repetitions: 1, Box: time.Nanosecond, Alone: alone}
	if err := race.Run(ctx, []race.Multiplier{race.OnBackend(name, b)}, once, func(race.PointEvent) {}); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

// RaceCrossover is the size from which on the backend of the prediction wins, 0 where it never does.
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
		About:    "lets three nested loops and every backend found here multiply matrices",
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
