package lab

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// The task of the lab walk: the digits that the VAE draws within WalkReach of the middle, told by the real digit that
// is nearest to the picture. Of the 10, a walk in steps of a quarter finds all.
const (
	WalkReach = 2.0 // standard deviations
	walkFind  = 8   // different digits
	// walkClear is the largest mean squared difference from the nearest real digit at which a picture counts as one.
	walkClear = 0.04
)

func walkLab() Lab {
	return Lab{
		ID: "walk", Lesson: "vae",
		About:    "decodes places of the latent space of an autoencoder and of a VAE side by side",
		Question: "What does each model draw where no digit was encoded?",
		Task:     Found{}.Task().Text,
		Answer:   []string{"places"},
		Params: []Param{
			numberParam("step", 0.25, 0.01, 2, "how far a key moves, or the survey from place to place, in standard deviations"),
			{"places", allPlaces, "places to look at in standard deviations from the middle, as 0 0, 1.5 -0.5; or " + allPlaces +
				", which surveys every place within reach", func(s string) bool {
				_, err := parsePlaces(s)
				return s == allPlaces || err == nil
			}},
			seedParam(),
		},
		Run: runWalk,
	}
}

// Found is the digits that were found, as a set of labels.
type Found [10]bool

// Add takes in what was seen at a place, if it counts.
func (f *Found) Add(s Sight) {
	if v := s.Views[WalkVAE]; s.At.Within(WalkReach) && v.Clear() && int(v.Label) < len(f) {
		f[v.Label] = true
	}
}

// String lists the digits: "0 1 7".
func (f Found) String() string {
	var digits []string
	for d, found := range f {
		if found {
			digits = append(digits, strconv.Itoa(d))
		}
	}
	return strings.Join(digits, " ")
}

// Task judges the digits found so far.
func (f Found) Task() Task {
	n := 0
	for _, found := range f {
		if found {
			n++
		}
	}
	t := Task{
		Text:    fmt.Sprintf("find %d different digits on the VAE's map within %g σ", walkFind, WalkReach),
		Now:     fmt.Sprintf("%d of %d: %s", n, walkFind, f),
		Reached: n >= walkFind,
	}
	if n == 0 {
		t.Now = "none yet"
	} else {
		t.Figure = highest("different digits found", float64(n))
	}
	return t
}

// WalkSeen is what one model draws on the whole: at the places of a grid within WalkReach and at draws from N(0, 1).
type WalkSeen struct {
	Model    string     `json:"model"`
	Distance float64    `json:"distance"` // the mean of the grid's pictures from their nearest real digits
	Worst    float64    `json:"worst"`    // the largest of them
	Clear    float64    `json:"clear"`    // the part of them that counts as a digit
	Drawn    PixelStats `json:"drawn"`
}

// Kind implements Event.
func (WalkSeen) Kind() string { return "seen" }

// Line says it to a person.
func (s WalkSeen) Line() string {
	return fmt.Sprintf("%s: distance to the nearest real digit %.4f on average, %.4f at worst, clear %.0f %%; draws: "+
		"ink %.3f, spread %.3f, grey %.3f",
		s.Model, s.Distance, s.Worst, 100*s.Clear, s.Drawn.Ink, s.Drawn.Spread, s.Drawn.Grey)
}

// WalkDone ends the lab walk.
type WalkDone struct {
	Places int    `json:"places"` // visited
	Found  string `json:"found"`  // digits
	Task
}

// Kind implements Event.
func (WalkDone) Kind() string { return "done" }

// Line says how it ended.
func (d WalkDone) Line() string {
	return fmt.Sprintf("%s visited, the VAE draws the digits %s\n%s", Counted(d.Places, "place"), d.Found, d.Task.Line())
}

func runWalk(ctx context.Context, env Env, v Values, emit func(Event)) error {
	w, err := OpenWalk(ctx, env, emit)
	if err != nil {
		return err
	}
	if text := v.Text("places"); text != allPlaces {
		places, err := parsePlaces(text)
		if err != nil {
			return err
		}
		return w.visit(ctx, places, emit)
	}
	return w.survey(ctx, v.Number("step"), v.Seed(), emit)
}

// survey visits all places within reach that whole steps from the middle lead to.
func (w *Walk) survey(ctx context.Context, step float64, seed int64, emit func(Event)) error {
	var found Found
	var seen [walkModels]WalkSeen
	steps := int(WalkReach / step)
	visited := 0
	for row := -steps; row <= steps; row++ {
		for column := -steps; column <= steps; column++ {
			at := Place{float64(column) * step, float64(row) * step}
			if !at.Within(WalkReach) {
				continue
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			s, err := w.Look(ctx, at)
			if err != nil {
				return err
			}
			visited++
			found.Add(s)
			for i, view := range s.Views {
				seen[i].Distance += view.Distance
				seen[i].Worst = max(seen[i].Worst, view.Distance)
				if view.Clear() {
					seen[i].Clear++
				}
			}
		}
		emit(Progress{"walking", float64(row+steps+1) / float64(2*steps+1)})
	}
	draws, err := w.Draw(ctx, seed)
	if err != nil {
		return err
	}
	for i, s := range seen {
		s.Model, s.Drawn = WalkNames()[i], draws.Stats[i]
		s.Distance, s.Clear = s.Distance/float64(visited), s.Clear/float64(visited)
		emit(s)
	}
	emit(WalkDone{visited, found.String(), found.Task()})
	return nil
}
