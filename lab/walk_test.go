package lab

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
)

// smallWalk opens a walk through two models of strokes that are trained in milliseconds.
func smallWalk(t *testing.T) *Walk {
	t.Helper()
	set := strokes(t)
	var recipes [walkModels]Recipe
	for i := range recipes {
		a := engine.NewArchitecture([]int{28, 28}, engine.ReLU, []int{8}, 2).WithOutput(engine.Sigmoid)
		a.Variational = i == WalkVAE
		c := engine.Config{Architecture: a, Seed: 1, Epochs: 1, BatchSize: 16, LearningRate: 0.001, Optimizer: "adam"}
		if a.Variational {
			c.Beta, c.Likelihood = 1, engine.Bernoulli
		}
		get := func() (*data.Dataset, error) { return set, nil }
		recipes[i] = Recipe{Name: WalkNames()[i], Title: "the model of strokes", Config: c, Train: get, HeldOut: get}
	}
	w, err := openWalk(t.Context(), testEnv(t), recipes, set, func(Event) {})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestPlacesOfAnAutoencoderAreStandardized(t *testing.T) {
	m := newWalkMap([]float32{10, -3, 14, -3, 18, -3}, []uint8{4, 5, 6, 7}, false)
	want := math.Sqrt(32.0 / 3)
	near(t, "the middle", m.Code(Place{})[0], 14)
	near(t, "a standard deviation", m.Code(Place{1, 0})[0]-14, want)
	near(t, "the first place", m.Codes[0][0], -4/want)
	// The second dimension is the same everywhere; it keeps its scale.
	near(t, "an unused dimension", m.Code(Place{0, 1})[1], -2)
	if !slices.Equal(m.Labels, []uint8{4, 5, 6}) {
		t.Errorf("the labels are %v", m.Labels)
	}
	vae := newWalkMap([]float32{10, -3}, []uint8{4}, true)
	if vae.Codes[0] != (Place{10, -3}) || vae.Code(Place{1, 2}) != (Place{1, 2}) {
		t.Errorf("a place of the VAE is not its code: %+v", vae)
	}
}

func TestLookDecodesBothModels(t *testing.T) {
	w := smallWalk(t)
	at := Place{0.5, -1}
	s, err := w.Look(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range s.Views {
		code := w.Maps[i].Code(at)
		want, err := w.models[i].Decode(t.Context(), []float32{float32(code[0]), float32(code[1])})
		if err != nil || !slices.Equal(v.Picture, want) {
			t.Errorf("model %d: the picture is not what its code decodes to (%v)", i, err)
		}
		// The nearest stroke by a search of its own.
		least, label, row := math.Inf(1), -1, make([]float32, 784)
		for j := range w.held.Len() {
			w.held.Row(row, j)
			sum := 0.0
			for k := range row {
				sum += math.Pow(float64(row[k]-v.Picture[k]), 2)
			}
			if sum/784 < least-1e-9 {
				least, label = sum/784, int(w.held.Labels[j])
			}
		}
		near(t, "the distance", v.Distance, least)
		if int(v.Label) != label {
			t.Errorf("model %d: nearest is a %d, want %d", i, v.Label, label)
		}
	}
	if s.At != at {
		t.Errorf("the place is %v", s.At)
	}
	stroke := make([]float32, 784)
	w.held.Row(stroke, 3)
	if v := w.nearest(stroke); v.Distance != 0 || v.Label != w.held.Labels[3] || !v.Clear() {
		t.Errorf("a real stroke is %v away from a %d", v.Distance, v.Label)
	}
}

func TestGridRunsFromTheUpperLeft(t *testing.T) {
	w := smallWalk(t)
	near(t, "the lower end", GridAt(0), -WalkReach)
	near(t, "the middle", GridAt(WalkGrid/2), 0)
	near(t, "the upper end", GridAt(WalkGrid-1), WalkReach)
	for i, m := range w.Maps {
		for index, at := range map[int]Place{0: {-2, 2}, WalkGrid - 1: {2, 2}, WalkGrid * WalkGrid / 2: {0, 0}, WalkGrid*WalkGrid - 1: {2, -2}} {
			pictures, err := w.decode(t.Context(), i, []Place{at})
			if err != nil {
				t.Fatal(err)
			}
			for j, v := range pictures[0] {
				if math.Abs(float64(v-m.Grid[index][j])) > 1e-5 {
					t.Fatalf("model %d: picture %d of the grid is not that of %v", i, index, at)
				}
			}
		}
	}
}

func TestDrawsRepeatThemselves(t *testing.T) {
	w := smallWalk(t)
	first, err := w.Draw(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := w.Draw(t.Context(), 1)
	other, _ := w.Draw(t.Context(), 2)
	if !slices.Equal(first.Pictures[0][5], again.Pictures[0][5]) || slices.Equal(first.Pictures[0][5], other.Pictures[0][5]) {
		t.Error("the same seed must draw the same, another one something else")
	}
	if len(first.Pictures[WalkVAE]) != walkDraws || !(first.Stats[WalkVAE].Ink > 0) {
		t.Errorf("%d draws with %+v", len(first.Pictures[WalkVAE]), first.Stats)
	}
}

func TestFoundDigitsCountOnce(t *testing.T) {
	var f Found
	see := func(at Place, label uint8, distance float64) {
		var s Sight
		s.At, s.Views[WalkVAE], s.Views[WalkPlain] = at, View{Label: label, Distance: distance}, View{Label: 9}
		f.Add(s)
	}
	if f.Task().Now != "none yet" {
		t.Errorf("nothing found: %+v", f.Task())
	}
	see(Place{2, 1}, 1, 0)               // too far out
	see(Place{0, 0}, 2, walkClear*1.001) // like no digit
	see(Place{0, -2}, 3, walkClear)      // just counts
	see(Place{0, 0}, 3, 0)               // counts once
	see(Place{0, 0}, 200, 0)             // no digit
	if f.String() != "3" || f.Task().Reached || f.Task().Now != "1 of 8: 3" {
		t.Errorf("found %q, %+v", f, f.Task())
	}
	for label := range walkFind {
		see(Place{}, uint8(label), 0.01)
	}
	if !f.Task().Reached {
		t.Errorf("found %q: %+v", f, f.Task())
	}
	f[0] = false
	if f.Task().Reached {
		t.Errorf("%d digits are enough", walkFind-1)
	}
}

func TestSurveyVisitsWhatIsInReach(t *testing.T) {
	w := smallWalk(t)
	var events []Event
	if err := w.survey(t.Context(), 1, 1, func(e Event) { events = append(events, e) }); err != nil {
		t.Fatal(err)
	}
	done, ok := events[len(events)-1].(WalkDone)
	// Whole places within 2: 5 on each axis with the middle shared, and 4 diagonal ones.
	if !ok || done.Places != 13 || !strings.Contains(done.Line(), "13 places") {
		t.Errorf("the last event is %+v", events[len(events)-1])
	}
	for i, e := range events[len(events)-3 : len(events)-1] {
		seen, ok := e.(WalkSeen)
		if !ok || seen.Model != WalkNames()[i] || seen.Worst < seen.Distance || seen.Clear < 0 || seen.Clear > 1 || seen.Line() == "" {
			t.Errorf("event %d is %+v", i, e)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.survey(ctx, 1, 1, func(Event) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestOpenWalkFails(t *testing.T) {
	lost := errors.New("no backend")
	env := Env{Backend: func() (*engine.Backend, error) { return nil, lost }}
	if _, err := OpenWalk(t.Context(), env, func(Event) {}); !errors.Is(err, lost) {
		t.Errorf("without a backend: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := OpenWalk(ctx, testEnv(t), func(Event) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
