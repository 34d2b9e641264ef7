package lab

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// allPlaces is the value of the parameter places that surveys every place within reach.
const allPlaces = "all"

// mostPlaces is how many places can be named at once.
const mostPlaces = 1000

// parsePlaces reads places with commas between them: "0 0, 1.5 -0.5".
func parsePlaces(text string) ([]Place, error) {
	var places []Place
	for pair := range strings.SplitSeq(text, ",") {
		fields := strings.Fields(pair)
		if len(fields) != 2 || len(places) == mostPlaces {
			return nil, fmt.Errorf("%q is no place; write two numbers, as 1.5 -0.5, and commas between at most %d places",
				strings.TrimSpace(pair), mostPlaces)
		}
		var at Place
		for i, field := range fields {
			x, err := strconv.ParseFloat(field, 64)
			if err != nil || math.IsNaN(x) || math.Abs(x) > 100 {
				return nil, fmt.Errorf("%q is no number from -100 to 100", field)
			}
			at[i] = x
		}
		places = append(places, at)
	}
	return places, nil
}

// WalkSight tells in words what both models draw at a place.
type WalkSight struct {
	At     Place               `json:"at"`
	Digits [walkModels]uint8   `json:"digits"`   // the real digit that is nearest to each picture
	Apart  [walkModels]float64 `json:"distance"` // their mean squared difference
	Clear  [walkModels]bool    `json:"clear"`    // near enough to count as a digit
	Reach  bool                `json:"in_reach"` // the place counts for the task
}

// Kind implements Event.
func (WalkSight) Kind() string { return "sight" }

// Line says it to a person.
func (s WalkSight) Line() string {
	line := fmt.Sprintf("at %g %g:", s.At[0], s.At[1])
	for i, name := range WalkNames() {
		what := aDigit(int(s.Digits[i]))
		if !s.Clear[i] {
			what = "nothing clear, nearest to " + what
		}
		if i > 0 {
			line += ";"
		}
		line += fmt.Sprintf(" the %s draws %s, difference %.3f", name, what, s.Apart[i])
	}
	if !s.Reach {
		line += fmt.Sprintf("; farther than %g from the middle, so it does not count", WalkReach)
	}
	return line
}

// visit looks at places and tells a WalkSight of each.
func (w *Walk) visit(ctx context.Context, places []Place, emit func(Event)) error {
	var found Found
	for _, at := range places {
		if err := ctx.Err(); err != nil {
			return err
		}
		s, err := w.Look(ctx, at)
		if err != nil {
			return err
		}
		found.Add(s)
		sight := WalkSight{At: at, Reach: at.Within(WalkReach)}
		for i, view := range s.Views {
			sight.Digits[i], sight.Apart[i], sight.Clear[i] = view.Label, view.Distance, view.Clear()
		}
		emit(sight)
	}
	emit(WalkDone{len(places), found.String(), found.Task()})
	return nil
}
