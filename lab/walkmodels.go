package lab

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
)

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
	return openWalk(ctx, env, [walkModels]Recipe{WalkPlain: env.Digits.recipe(2), WalkVAE: env.Digits.vaeRecipe(2)},
		heldOut, emit)
}

func openWalk(
	ctx context.Context, env Env, recipes [walkModels]Recipe, heldOut *data.Dataset, emit func(Event),
) (*Walk, error) {
	b, err := env.Backend()
	if err != nil {
		return nil, err
	}
	w := &Walk{held: heldOut, Digits: newPixelStats(rows(heldOut), heldOut.Width())}
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
	return slices.Collect(slices.Chunk(flat, len(flat)/len(places))), nil
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
		d.Pictures[i], d.Stats[i] = pictures, newPixelStats(flat, len(pictures[0]))
	}
	return d, nil
}

// WalkNames name the models.
func WalkNames() [walkModels]string { return [walkModels]string{"autoencoder", "VAE"} }
