package lab

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
)

// bars are pictures of bars at one of three places with some noise, one class a place, of n in all.
func bars(t *testing.T, n, side int) *data.Dataset {
	t.Helper()
	pixels, labels := make([]byte, n*side*side), make([]byte, n)
	state := uint32(7)
	for i := range n {
		labels[i] = byte(i % 3)
		for j := range side * side {
			state = state*1664525 + 1013904223
			pixels[i*side*side+j] = byte(state>>24) / 3
			if j/side == 1+2*int(labels[i]) {
				pixels[i*side*side+j] += 120
			}
		}
	}
	d, err := data.NewImages("bars", side, side, pixels, labels, []string{"low", "middle", "high"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func barsRecipe(d *data.Dataset, latent int) Recipe {
	same := func() (*data.Dataset, error) { return d, nil }
	return Recipe{
		Name: "bars", Title: "the model of bars", Train: same, HeldOut: same,
		Config: engine.Config{
			Architecture: engine.NewArchitecture(d.Shape, engine.ReLU, nil, latent), Seed: 1, Epochs: 1, BatchSize: 8,
			LearningRate: 0.01, Optimizer: "adam",
		},
	}
}

// naive is the accuracy of a vote of the k nearest by all distances, computed one by one.
func naive(references, queries *data.Dataset, k int) float64 {
	a, b := make([]float32, references.Width()), make([]float32, references.Width())
	right := 0
	for q := range queries.Len() {
		queries.Row(a, q)
		order := make([]int, references.Len())
		distance := make([]float64, references.Len())
		for r := range order {
			order[r] = r
			references.Row(b, r)
			for i := range a {
				distance[r] += math.Pow(float64(a[i])-float64(b[i]), 2)
			}
		}
		slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(distance[x], distance[y]) })
		votes := map[byte]int{}
		for _, r := range order[:k] {
			votes[references.Labels[r]]++
		}
		best := references.Labels[order[0]]
		for _, r := range order[:k] {
			if label := references.Labels[r]; votes[label] > votes[best] {
				best = label
			}
		}
		if best == queries.Labels[q] {
			right++
		}
	}
	return float64(right) / float64(queries.Len())
}

// explored are the events of a small exploration.
func explored(t *testing.T, models *Models, pixels bool) (events []Event, d DigitsEvent) {
	t.Helper()
	set := bars(t, 90, 6)
	d = DigitsEvent{References: set.Slice(0, 60), Queries: set.Slice(60, 90), Found: 60, Asked: 30}
	b := openBackend(t)
	env := Env{Models: models, Backend: func() (*engine.Backend, error) { return b, nil }}
	if err := d.explore(t.Context(), env, barsRecipe(set, 4), pixels, func(e Event) { events = append(events, e) }); err != nil {
		t.Fatal(err)
	}
	return events, d
}

// last are the last event of each space and its map.
func last(events []Event) (spaces map[string]SpaceEvent, maps map[string]MapEvent, order []string) {
	spaces, maps = map[string]SpaceEvent{}, map[string]MapEvent{}
	for _, e := range events {
		switch e := e.(type) {
		case SpaceEvent:
			if spaces[e.Space] = e; e.Ended {
				order = append(order, e.Space)
			}
		case MapEvent:
			maps[e.Space] = e
		}
	}
	return spaces, maps, order
}

func TestExploreAgreesWithAllDistances(t *testing.T) {
	events, d := explored(t, nil, true)
	spaces, maps, order := last(events)
	if !slices.Equal(order, []string{Pixels, Latent}) {
		t.Errorf("the spaces ended in the order %v", order)
	}
	for _, k := range []int{1, 2, 5, MostNeighbors} {
		if got, want := spaces[Pixels].Accuracies[k-1], naive(d.References, d.Queries, k); got != want {
			t.Errorf("accuracy with k = %d is %v, want %v", k, got, want)
		}
	}
	for name, width := range map[string]int{Pixels: 36, Latent: 4} {
		e, m := spaces[name], maps[name]
		if e.Width != width || e.Bytes != 4*60*width || e.Queries != 30 || len(e.Neighbors) != 30*MostNeighbors || e.PerQuery <= 0 {
			t.Errorf("%s: %d values, %d bytes, %d queries, %d neighbours, %v ms", name, e.Width, e.Bytes, e.Queries,
				len(e.Neighbors), e.PerQuery)
		}
		right := 0
		for q, vote := range e.Votes[4] {
			if vote == d.Queries.Labels[q] {
				right++
			}
		}
		if got := float64(right) / 30; got != e.Accuracies[4] {
			t.Errorf("%s: the votes of 5 are right in %v, the accuracy is %v", name, got, e.Accuracies[4])
		}
		if len(m.Queries) != 30 || len(m.References) != 60 || !(m.Explained > 0 && m.Explained <= 1+1e-9) {
			t.Errorf("%s: a map of %d queries and %d references that explains %v", name, len(m.Queries), len(m.References), m.Explained)
		}
	}
}

func TestDecodePathEndsWhereTheCodesDecodeTo(t *testing.T) {
	events, _ := explored(t, nil, false)
	_, maps, _ := last(events)
	plane := maps[Latent]
	path, err := DecodePath(t.Context(), plane.Decode, plane.Codes[:4], plane.Codes[4:8], 5)
	if err != nil || len(path) != 5 {
		t.Fatalf("a path of %d pictures, %v", len(path), err)
	}
	ends, err := plane.Decode(t.Context(), plane.Codes[:8])
	if err != nil {
		t.Fatal(err)
	}
	for i := range 36 {
		if math.Abs(float64(path[0][i]-ends[i])) > 1e-5 || math.Abs(float64(path[4][i]-ends[36+i])) > 1e-5 {
			t.Fatalf("at pixel %d the path ends with %v and %v, the codes decode to %v and %v", i, path[0][i], path[4][i], ends[i], ends[36+i])
		}
	}
}

func TestExploreShowsFirstWhatIsThere(t *testing.T) {
	models := NewModels(t.TempDir())
	explored(t, models, true)
	events, _ := explored(t, models, true)
	if _, _, order := last(events); !slices.Equal(order, []string{Latent, Pixels}) {
		t.Errorf("with a kept model the spaces ended in the order %v", order)
	}
	events, _ = explored(t, models, false)
	if _, _, order := last(events); !slices.Equal(order, []string{Latent}) {
		t.Errorf("without pixels the spaces ended in the order %v", order)
	}
}

func TestExploreEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	set := bars(t, 60, 6)
	b := openBackend(t)
	env := Env{Backend: func() (*engine.Backend, error) { return b, nil }}
	d := DigitsEvent{References: set, Queries: set, Found: 60, Asked: 60}
	if err := d.explore(ctx, env, barsRecipe(set, 4), true, func(Event) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestLatentMapTask(t *testing.T) {
	pixels := SpaceEvent{Ended: true, Bytes: 784, Accuracies: []float64{0.9, 0.94, 0.93}}
	latent := SpaceEvent{Ended: true, Bytes: 16, Accuracies: []float64{0.9199, 0.92, 0.95}}
	for _, c := range []struct {
		name    string
		change  func(latent *SpaceEvent)
		k       int
		reached bool
	}{
		{"just within", func(*SpaceEvent) {}, 2, true},
		{"just below", func(*SpaceEvent) {}, 1, false},
		{"better", func(*SpaceEvent) {}, 3, true},
		{"too many bytes", func(e *SpaceEvent) { e.Bytes = 40 }, 3, false},
		{"not all queries", func(e *SpaceEvent) { e.Ended = false }, 3, false},
		{"k too large", func(*SpaceEvent) {}, 4, false},
	} {
		e := latent
		c.change(&e)
		if task := LatentMapTask(e, pixels, c.k); task.Reached != c.reached || task.Text == "" {
			t.Errorf("%s: %+v", c.name, task)
		}
	}
	if task := LatentMapTask(latent, pixels, 1); task.Now != "2.0 below, 1/49" {
		t.Errorf("it says %q", task.Now)
	}
}

func TestLabsRefuseBadValues(t *testing.T) {
	for id, bad := range map[string][][2]string{
		"latent-map": {{"latent", "5"}, {"k", "0"}, {"k", "31"}, {"references", "29"}, {"queries", "10001"}},
		"builder":    {{"hidden", "a"}, {"latent", "0"}, {"images", "10"}, {"epochs", "21"}},
		"bottleneck": {{"marked", "5"}, {"images", "999"}, {"seed", "x"}},
	} {
		l, ok := Find(id)
		if !ok {
			t.Fatalf("there is no lab %s", id)
		}
		for _, kv := range bad {
			if err := l.Defaults().Set(kv[0], kv[1]); err == nil {
				t.Errorf("%s takes %s=%s", id, kv[0], kv[1])
			}
		}
	}
}
