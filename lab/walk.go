package lab

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
)

// The task of the lab walk: the digits that the VAE draws within WalkReach of the middle, told by the real digit that is
// nearest to the picture. Of the 10, a walk in steps of a quarter finds all.
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

// The two models of the lab walk, as indices.
const (
	WalkPlain = iota // the autoencoder
	WalkVAE
	walkModels
)

// Place is a place of a latent space of two dimensions in standard deviations from the middle: of N(0, 1) with the VAE,
// of the codes of held-out digits with the autoencoder, whose codes nobody asked to have any scale.
type Place [2]float64

// Within says whether a place is at most r from the middle.
func (p Place) Within(r float64) bool { return math.Hypot(p[0], p[1]) <= r }

// Walk is two trained models of digits with two latent dimensions, and the digits that they did not learn from. Its
// methods may be called from any goroutine; they compute.
type Walk struct {
	Maps   [walkModels]WalkMap
	Digits PixelStats // of the held-out digits

	models [walkModels]*engine.Model
	held   *data.Dataset
}

// WalkMap is where a model puts held-out digits.
type WalkMap struct {
	Codes  []Place
	Labels []uint8
	// Grid is what the model decodes at WalkGrid×WalkGrid places from −WalkReach to WalkReach, the rows from the top down:
	// [WalkGrid·WalkGrid, 784].
	Grid [][]float32

	middle, spread Place
}

// WalkGrid is the places of a side of the grid. It is one more than a number with many divisors, so that every second,
// third, fourth or sixth of them can be shown where there is no room for all.
const WalkGrid = 13

// GridAt is place i of WalkGrid from the lower end.
func GridAt(i int) float64 { return WalkReach * (2*float64(i)/(WalkGrid-1) - 1) }

// walkCodes is how many held-out digits a map shows, walkReal how many a picture is compared with.
const (
	walkCodes = 2000
	walkReal  = 5000
)

// OpenWalk gets both models, which are trained when they were not before, and maps the held-out digits with them.
func OpenWalk(ctx context.Context, env Env, emit func(Event)) (*Walk, error) {
	heldOut, err := env.Digits.heldOut()
	if err != nil {
		return nil, err
	}
	return openWalk(ctx, env, [walkModels]Recipe{WalkPlain: env.Digits.recipe(2), WalkVAE: env.Digits.vaeRecipe(2)}, heldOut, emit)
}

func openWalk(ctx context.Context, env Env, recipes [walkModels]Recipe, heldOut *data.Dataset, emit func(Event)) (*Walk, error) {
	b, err := env.Backend()
	if err != nil {
		return nil, err
	}
	w := &Walk{held: heldOut, Digits: NewPixelStats(rows(heldOut), heldOut.Width())}
	x := rows(heldOut.Slice(0, min(walkCodes, heldOut.Len())))
	for i, recipe := range recipes {
		if w.models[i], err = env.Models.Get(ctx, b, recipe, emit); err != nil {
			return nil, err
		}
		codes, err := w.models[i].Encode(ctx, x)
		if err != nil {
			return nil, err
		}
		w.Maps[i] = newWalkMap(codes, heldOut.Labels, i == WalkVAE)
		var places []Place
		for row := range WalkGrid {
			for column := range WalkGrid {
				places = append(places, Place{GridAt(column), GridAt(WalkGrid - 1 - row)})
			}
		}
		if w.Maps[i].Grid, err = w.decode(ctx, i, places); err != nil {
			return nil, err
		}
	}
	return w, ctx.Err()
}

// newWalkMap makes places of codes, [n, 2].
func newWalkMap(codes []float32, labels []uint8, normal bool) WalkMap {
	m := WalkMap{spread: Place{1, 1}, Labels: labels[:len(codes)/2]}
	n := float64(len(codes) / 2)
	if !normal {
		var square Place
		for i, c := range codes {
			m.middle[i%2] += float64(c) / n
			square[i%2] += float64(c) * float64(c) / n
		}
		for d := range 2 {
			// A dimension that a model never uses has no spread; any scale serves it.
			if v := square[d] - m.middle[d]*m.middle[d]; v > 0 {
				m.spread[d] = math.Sqrt(v)
			}
		}
	}
	for i := 0; i < len(codes); i += 2 {
		var p Place
		for d := range 2 {
			p[d] = (float64(codes[i+d]) - m.middle[d]) / m.spread[d]
		}
		m.Codes = append(m.Codes, p)
	}
	return m
}

// Code is the code at a place, in the model's own numbers.
func (m WalkMap) Code(p Place) Place {
	return Place{m.middle[0] + m.spread[0]*p[0], m.middle[1] + m.spread[1]*p[1]}
}

// decode draws what a model makes of places, [n][784].
func (w *Walk) decode(ctx context.Context, model int, places []Place) ([][]float32, error) {
	var z []float32
	for _, p := range places {
		code := w.Maps[model].Code(p)
		z = append(z, float32(code[0]), float32(code[1]))
	}
	flat, err := w.models[model].Decode(ctx, z)
	if err != nil {
		return nil, err
	}
	width := len(flat) / len(places)
	pictures := make([][]float32, len(places))
	for i := range pictures {
		pictures[i] = flat[i*width : (i+1)*width : (i+1)*width]
	}
	return pictures, nil
}

// Sight is what both models decode at a place.
type Sight struct {
	At    Place
	Views [walkModels]View
}

// View is the picture of one model.
type View struct {
	Picture  []float32 // [784]
	Label    uint8     // of the real digit that is nearest to it
	Distance float64   // their mean squared difference
}

// Clear says whether the picture is near enough to a real digit to count as one.
func (v View) Clear() bool { return v.Distance <= walkClear }

// Look decodes a place with both models.
func (w *Walk) Look(ctx context.Context, at Place) (Sight, error) {
	s := Sight{At: at}
	for i := range s.Views {
		pictures, err := w.decode(ctx, i, []Place{at})
		if err != nil {
			return Sight{}, err
		}
		s.Views[i] = w.nearest(pictures[0])
	}
	return s, nil
}

// nearest compares a picture with real digits.
func (w *Walk) nearest(picture []float32) View {
	v := View{Picture: picture, Distance: math.Inf(1)}
	row := make([]float32, len(picture))
	for i := range min(walkReal, w.held.Len()) {
		w.held.Row(row, i)
		var sum float32
		for j, x := range row {
			d := x - picture[j]
			sum += d * d
		}
		if distance := float64(sum) / float64(len(row)); distance < v.Distance {
			v.Label, v.Distance = w.held.Labels[i], distance
		}
	}
	return v
}

// Draws are places drawn from N(0, 1), decoded by both models.
type Draws struct {
	Pictures [walkModels][][]float32
	Stats    [walkModels]PixelStats
}

// walkDraws is how many places are drawn.
const walkDraws = 500

// Draw draws new places; the same seed draws the same ones.
func (w *Walk) Draw(ctx context.Context, seed int64) (Draws, error) {
	random := rand.New(rand.NewPCG(uint64(seed), 0))
	places := make([]Place, walkDraws)
	for i := range places {
		places[i] = Place{random.NormFloat64(), random.NormFloat64()}
	}
	var d Draws
	for i := range d.Pictures {
		pictures, err := w.decode(ctx, i, places)
		if err != nil {
			return Draws{}, err
		}
		flat := make([]float32, 0, len(pictures)*len(pictures[0]))
		for _, p := range pictures {
			flat = append(flat, p...)
		}
		d.Pictures[i], d.Stats[i] = pictures, NewPixelStats(flat, len(pictures[0]))
	}
	return d, nil
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
	return fmt.Sprintf("%s: distance to the nearest real digit %.4f on average, %.4f at worst, clear %.0f %%; draws: ink %.3f, spread %.3f, grey %.3f",
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
	return fmt.Sprintf("%d places visited, the VAE draws the digits %s\n%s", d.Places, d.Found, d.Task.Line())
}

// WalkNames name the models.
func WalkNames() [walkModels]string { return [walkModels]string{"autoencoder", "VAE"} }

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
