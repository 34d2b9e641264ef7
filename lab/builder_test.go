package lab

import (
	"math"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/engine"
)

func TestBuilderTask(t *testing.T) {
	stack := func(hidden, latent int) engine.Architecture {
		return BuilderSettings{Hidden: []int{hidden}, Latent: latent}.Architecture()
	}
	for _, c := range []struct {
		name    string
		stack   engine.Architecture
		err     float64
		reached bool
	}{
		{"reached", stack(64, 16), 0.0369, true},
		{"the error", stack(64, 16), 0.037, false},
		{"the code", stack(64, 17), 0.03, false},
		{"the parameters", stack(80, 16), 0.03, false},
	} {
		if task := BuilderTask(c.stack, c.err); task.Reached != c.reached {
			t.Errorf("%s: %+v", c.name, task)
		}
	}
	if task := BuilderTask(stack(64, 16), 0.0123); task.Now != "0.0123, 16, 103,328" {
		t.Errorf("it says %q", task.Now)
	}
}

func TestTrialEndsWithItsTask(t *testing.T) {
	set := bars(t, 60, 6)
	b := openBackend(t)
	env := Env{Backend: func() (*engine.Backend, error) { return b, nil }}
	a := engine.NewArchitecture(set.Shape, engine.ReLU, []int{8}, 3)
	var end Event
	s := BuilderSettings{Epochs: 2, Seed: 1}
	if err := s.try(t.Context(), env, a, set.Slice(0, 40), set.Slice(40, 60), func(e Event) { end = e }); err != nil {
		t.Fatal(err)
	}
	done, ok := end.(TrialDone)
	if !ok || done.Kind() != "done" || done.Parameters != 36*8+8+8*3+3+3*8+8+8*36+36 || done.Epochs != 2 || done.Text == "" {
		t.Errorf("it ends with %+v", end)
	}
	a.Decoder = a.Decoder[:1]
	if err := TryStack(t.Context(), env, s, a, func(Event) {}); err == nil || !strings.Contains(err.Error(), "the last layer gives 8 values, the input has 36") {
		t.Errorf("a stack that does not end where it began: %v", err)
	}
}

func TestSizesAreComparedWithPCA(t *testing.T) {
	set := bars(t, 100, 12)
	b := openBackend(t)
	env := Env{Backend: func() (*engine.Backend, error) { return b, nil }}
	ended := map[string]map[int]SizeEvent{Autoencoder: {}, PCA: {}}
	s := BottleneckSettings{Epochs: 1, Seed: 1}
	err := s.compare(t.Context(), env, nil, set.Slice(0, 80), set.Slice(80, 100), func(e Event) {
		if size, ok := e.(SizeEvent); ok && size.Ended {
			ended[size.Method][size.Latent] = size
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	before := math.Inf(1)
	for _, size := range BottleneckSizes() {
		for method, events := range ended {
			if e, ok := events[size]; !ok || !(e.Error > 0) || len(e.Picture) != 144 {
				t.Errorf("%s with %d: error %v, a picture of %d", method, size, e.Error, len(e.Picture))
			}
		}
		// A component more never raises the error.
		if now := ended[PCA][size].Error; now > before {
			t.Errorf("PCA with %d has error %v, with fewer components %v", size, now, before)
		} else {
			before = now
		}
	}
}

func TestBottleneckTask(t *testing.T) {
	pca := map[int]float64{2: 0.05, 16: 0.027}
	all := map[int]float64{2: 0.045, 4: 0.034, 8: 0.0269, 16: 0.018, 32: 0.016, 64: 0.014}
	for marked, want := range map[int]bool{2: false, 4: false, 8: true, 16: false} {
		if task := BottleneckTask(all, pca, marked); task.Reached != want {
			t.Errorf("marked %d: %+v", marked, task)
		}
	}
	if task := BottleneckTask(map[int]float64{8: 0.0269}, pca, 8); task.Reached || task.Now != "8: 0.0269, PCA 0.0270" {
		t.Errorf("before all sizes are done: %+v", task)
	}
	if task := BottleneckTask(all, nil, 8); task.Reached {
		t.Errorf("without PCA: %+v", task)
	}
}
