package lab

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/downstream"
	"github.com/aetutor/aetutor/engine/neighbors"
)

// ExploreDigits searches the neighbours of held-out digits among training digits, by their pixels, where that is asked
// for, and by their codes, and lays both spaces out. It tells a DigitsEvent, then the SpaceEvents and the MapEvent of
// the pixels and of the codes; those of the codes come first where their model was kept.
func ExploreDigits(ctx context.Context, env Env, s LatentMapSettings, pixels bool, emit func(Event)) error {
	train, heldOut, err := env.Digits.parts()
	if err != nil {
		return err
	}
	d := DigitsEvent{References: firstOf(train, s.References), Queries: firstOf(heldOut, s.Queries)}
	d.Found, d.Asked = d.References.Len(), d.Queries.Len()
	return d.explore(ctx, env, env.Digits.recipe(s.Latent), pixels, emit)
}

// explore is ExploreDigits with the model of any recipe.
func (d DigitsEvent) explore(ctx context.Context, env Env, r Recipe, pixels bool, emit func(Event)) error {
	emit(d)
	b, err := env.Backend()
	if err != nil {
		return err
	}
	// An index holds its references a second time.
	bytes := 2*rowBytes(d.References) + rowBytes(d.Queries)
	if err := b.Fits("comparing these digits", bytes, "take fewer references"); err != nil {
		return err
	}
	references, queries := rows(d.References), rows(d.Queries)
	ofPixels := func() error {
		if !pixels {
			return nil
		}
		space := space{name: Pixels, width: d.Queries.Width(), references: references, queries: queries}
		if err := space.search(ctx, b, d, emit); err != nil {
			return err
		}
		emit(Progress{"laying out the pixels", 0})
		return space.layOut(ctx, MapEvent{}, emit)
	}
	ofCodes := func() error {
		model, err := env.Models.Get(ctx, b, r, emit)
		if err != nil {
			return err
		}
		space := space{name: Latent, width: r.Config.Architecture.Latent()}
		if space.references, err = model.Encode(ctx, references); err != nil {
			return err
		}
		if space.queries, err = model.Encode(ctx, queries); err != nil {
			return err
		}
		if err := space.layOut(ctx, MapEvent{Codes: space.queries, Decode: model.Decode}, emit); err != nil {
			return err
		}
		return space.search(ctx, b, d, emit)
	}
	// What is there sooner comes first: pixels need no training.
	first, second := ofPixels, ofCodes
	if env.Models.has(r) {
		first, second = second, first
	}
	if err := first(); err != nil {
		return err
	}
	return second()
}

// space is digits as rows of one width.
type space struct {
	name                string
	width               int
	references, queries []float32
}

// searchParts is in how many parts a search is told.
const searchParts = 10

// search finds the neighbours of the queries, some at a time.
func (s space) search(ctx context.Context, b *engine.Backend, d DigitsEvent, emit func(Event)) (err error) {
	index, err := neighbors.NewFlat(ctx, b, neighbors.L2, s.references, s.width)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, index.Close()) }()
	classifier, err := neighbors.NewClassifier(d.References.Labels, len(d.References.Classes))
	if err != nil {
		return err
	}
	var took time.Duration
	found := neighbors.Result{K: MostNeighbors}
	n := d.Queries.Len()
	for part := range searchParts {
		from, to := n*part/searchParts, n*(part+1)/searchParts
		start := time.Now()
		r, err := index.Search(ctx, s.queries[from*s.width:to*s.width], MostNeighbors)
		if err != nil {
			return err
		}
		took += time.Since(start)
		found.Indices = append(found.Indices, r.Indices...)
		found.Distances = append(found.Distances, r.Distances...)
		event := SpaceEvent{
			Space: s.name, Width: s.width, Queries: to, Ended: to == n, Bytes: 4 * len(s.references),
			PerQuery: took.Seconds() * 1000 / float64(to), Neighbors: found.Indices,
		}
		if event.Accuracies, err = classifier.Accuracies(found, d.Queries.Labels[:to]); err != nil {
			return err
		}
		for k := 1; k <= MostNeighbors; k++ {
			votes, err := classifier.Vote(found, k)
			if err != nil {
				return err
			}
			event.Votes = append(event.Votes, votes)
		}
		emit(Progress{"comparing " + s.name, float64(to) / float64(n)})
		emit(event)
	}
	return nil
}

// layOut tells the map of the space. about holds what the map says beside the places.
func (s space) layOut(ctx context.Context, about MapEvent, emit func(Event)) error {
	pca, err := downstream.FitPCA(ctx, s.queries, s.width)
	if err != nil {
		return err
	}
	about.Space, about.Width = s.name, s.width
	for _, ratio := range pca.ExplainedVarianceRatio()[:2] {
		about.Explained += ratio
	}
	for _, part := range []struct {
		rows   []float32
		places *[][2]float64
	}{{s.queries, &about.Queries}, {s.references, &about.References}} {
		flat, err := pca.Transform(ctx, part.rows, 2)
		if err != nil {
			return err
		}
		places := make([][2]float64, len(flat)/2)
		for i := range places {
			places[i] = [2]float64{float64(flat[2*i]), float64(flat[2*i+1])}
		}
		*part.places = places
	}
	emit(about)
	return nil
}

// DecodePath decodes codes on the straight line from one code to another, both ends among them. → [steps][784]
func DecodePath(
	ctx context.Context, decode func(context.Context, []float32) ([]float32, error), from, to []float32, steps int,
) ([][]float32, error) {
	path, err := engine.Interpolate(from, to, steps)
	if err != nil {
		return nil, err
	}
	flat, err := decode(ctx, path)
	if err != nil {
		return nil, err
	}
	return slices.Collect(slices.Chunk(flat, len(flat)/steps)), nil
}
