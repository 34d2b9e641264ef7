package lab

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/noise"
)

func openBackend(t *testing.T) *engine.Backend {
	t.Helper()
	b, err := engine.Open("go")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

// dots is a recipe that trains in milliseconds. trained counts how often it was.
func dots(t *testing.T, name string, epochs int) (r Recipe, trained *int) {
	t.Helper()
	pixels := make([]byte, 40*4)
	for i := range pixels {
		pixels[i] = byte(i * 37)
	}
	set, err := data.NewImages("dots", 2, 2, pixels, make([]byte, 40), []string{"any"})
	if err != nil {
		t.Fatal(err)
	}
	trained = new(int)
	return Recipe{
		Name: name, Title: "the model of dots",
		Config: engine.Config{
			Architecture: engine.NewArchitecture([]int{2, 2}, engine.ReLU, nil, 2), Seed: 1, Epochs: epochs, BatchSize: 8,
			LearningRate: 0.01, Optimizer: "adam",
		},
		Train:   func() (*data.Dataset, error) { *trained++; return set, nil },
		HeldOut: func() (*data.Dataset, error) { return set, nil },
	}, trained
}

func get(t *testing.T, m *Models, r Recipe) []float32 {
	t.Helper()
	var last Event
	model, err := m.Get(t.Context(), openBackend(t), r, func(e Event) { last = e })
	if err != nil {
		t.Fatal(err)
	}
	if p, ok := last.(Progress); last != nil && (!ok || p.Fraction != 1 || p.Doing != "training the model of dots") {
		t.Errorf("training ended with %+v", last)
	}
	y, err := model.Reconstruct(t.Context(), []float32{0.1, 0.9, 0.5, 0.3})
	if err != nil {
		t.Fatal(err)
	}
	return y
}

func TestModelsAreTrainedOnce(t *testing.T) {
	m := NewModels(filepath.Join(t.TempDir(), "not", "there", "yet"))
	r, trained := dots(t, "dots", 2)
	first := get(t, m, r)
	second := get(t, m, r)
	if *trained != 1 || !slices.Equal(first, second) {
		t.Errorf("trained %d times, reconstructs %v and then %v", *trained, first, second)
	}
	r.Config.Epochs = 3
	if get(t, m, r); *trained != 2 {
		t.Errorf("another configuration was answered with the kept model")
	}
	r.Config.PreviewEvery = time.Second
	if get(t, m, r); *trained != 2 {
		t.Errorf("how a run is watched makes another model")
	}
	kept, err := m.List()
	if err != nil || len(kept) != 2 || !strings.HasPrefix(kept[0].Name, "dots-") || kept[0].Bytes == 0 {
		t.Fatalf("the kept models are %+v, %v", kept, err)
	}
	if err := m.Remove(kept[0].Name); err != nil {
		t.Fatal(err)
	}
	if get(t, m, r); *trained != 3 {
		t.Error("a removed model was not trained again")
	}
	if err := m.Remove("../dots"); err == nil || !strings.Contains(err.Error(), `no kept model "../dots"`) {
		t.Errorf("Remove: %v", err)
	}
}

// Two models may differ in what no shape shows, and one must not be taken for the other.
func TestModelsOfAnyDifferenceAreKeptApart(t *testing.T) {
	r, _ := dots(t, "dots", 2)
	m := NewModels(t.TempDir())
	paths := map[string]string{m.path(r): "the recipe itself"}
	for what, change := range map[string]func(*Recipe){
		"activation of the output": func(r *Recipe) { r.Config.Architecture = r.Config.Architecture.WithOutput(engine.Sigmoid) },
		"variational":              func(r *Recipe) { r.Config.Architecture.Variational = true },
		"seed":                     func(r *Recipe) { r.Config.Seed++ },
		"learning rate":            func(r *Recipe) { r.Config.LearningRate *= 2 },
		"likelihood":               func(r *Recipe) { r.Config.Likelihood = engine.Bernoulli },
		"noise":                    func(r *Recipe) { r.Noise = noise.Noise{Kind: noise.Gaussian, Strength: 0.1} },
		"strength of the noise":    func(r *Recipe) { r.Noise = noise.Noise{Kind: noise.Gaussian, Strength: 0.2} },
	} {
		other := r
		change(&other)
		path := m.path(other)
		if same, taken := paths[path]; taken {
			t.Errorf("another %s gives the file of %s", what, same)
		}
		paths[path] = what
	}
}

func TestDamagedKeptModelIsTrainedAgain(t *testing.T) {
	m := NewModels(t.TempDir())
	r, trained := dots(t, "dots", 2)
	want := get(t, m, r)
	if err := os.WriteFile(m.path(r), []byte("garbage"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got := get(t, m, r); !slices.Equal(got, want) {
			t.Errorf("reconstructs %v, want %v", got, want)
		}
	}
	if *trained != 2 {
		t.Errorf("trained %d times, want 2", *trained)
	}
}

func TestModelsWithoutADirectory(t *testing.T) {
	r, trained := dots(t, "dots", 1)
	get(t, nil, r)
	get(t, nil, r)
	if *trained != 2 {
		t.Errorf("trained %d times, want 2", *trained)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	get(t, NewModels(filepath.Join(file, "models")), r) // It cannot be kept, which is no failure.
}

func TestModelsAreBounded(t *testing.T) {
	m := NewModels(t.TempDir())
	var names []string
	for i, name := range []string{"first", "second", "third"} {
		r, _ := dots(t, name, 1)
		get(t, m, r)
		names = append(names, name)
		old := time.Now().Add(time.Duration(i-10) * time.Hour)
		if err := os.Chtimes(m.path(r), old, old); err != nil {
			t.Fatal(err)
		}
	}
	r, trained := dots(t, "first", 1)
	get(t, m, r) // The first is the last used now.
	if *trained != 0 {
		t.Fatal("the first model was trained again")
	}
	kept, err := m.List()
	if err != nil {
		t.Fatal(err)
	}
	m.bytes = kept[0].Bytes*3 + kept[0].Bytes/2
	r, _ = dots(t, "fourth", 1)
	get(t, m, r)
	kept, err = m.List()
	if err != nil || len(kept) != 3 || strings.HasPrefix(kept[2].Name, names[1]) {
		t.Errorf("with room for three models %+v are kept, %v", kept, err)
	}
}

func TestGetFails(t *testing.T) {
	r, _ := dots(t, "dots", 2)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := NewModels(t.TempDir()).Get(ctx, openBackend(t), r, func(Event) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	lost := errors.New("no data")
	r.HeldOut = func() (*data.Dataset, error) { return nil, lost }
	if _, err := NewModels(t.TempDir()).Get(t.Context(), openBackend(t), r, func(Event) {}); !errors.Is(err, lost) {
		t.Errorf("without data: %v", err)
	}
}

// TestTrainingCanBeWatched checks what a screen needs: where the run is at once, every step, and redrawn examples.
func TestTrainingCanBeWatched(t *testing.T) {
	r, _ := dots(t, "dots", 2)
	m := NewModels(t.TempDir())
	var kinds []string
	steps := 0
	var preview engine.PreviewEvent
	watch := func(e Event) {
		switch e := e.(type) {
		case Progress:
			return
		case engine.StepEvent:
			if steps++; steps > 1 {
				return
			}
		case engine.PreviewEvent:
			preview = e
		}
		kinds = append(kinds, e.Kind())
	}
	if _, err := m.Get(t.Context(), openBackend(t), r, watch); err != nil {
		t.Fatal(err)
	}
	if want := []string{"start", "validation", "preview", "step"}; len(kinds) < 4 || !slices.Equal(kinds[:4], want) {
		t.Errorf("the first events are %v, want %v", kinds, want)
	}
	if steps != 10 || !slices.Contains(kinds, "epoch") || len(preview.Inputs) != shownExamples || len(preview.Reconstructions) != shownExamples {
		t.Errorf("%d steps, %v, %d examples redrawn", steps, kinds, len(preview.Inputs))
	}
	kinds = nil
	if _, err := m.Get(t.Context(), openBackend(t), r, watch); err != nil || kinds != nil {
		t.Errorf("a kept model tells %v, %v", kinds, err)
	}
}
