package lab

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
)

// threeHeaps are n points around each of three corners of a triangle, labelled by corner, for both sets.
func threeHeaps(t *testing.T, n int) *Features {
	t.Helper()
	b, err := engine.Open("go")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	random := rand.New(rand.NewPCG(1, 2))
	f := &Features{On: OnPCA, Width: 2, backend: b}
	corners := [][2]float64{{0, 0}, {6, 0}, {0, 6}}
	for i := range 3 * n {
		c := corners[i%3]
		for range 2 {
			f.heldOut = append(f.heldOut, float32(c[0]+random.NormFloat64()), float32(c[1]+random.NormFloat64()))
		}
		f.train = append(f.train, f.heldOut[len(f.heldOut)-2:]...)
		f.heldOut = f.heldOut[:len(f.heldOut)-2]
		f.labels, f.trainLabels = append(f.labels, uint8(i%3)), append(f.trainLabels, uint8(i%3))
	}
	return f
}

func TestHeapsAreClusters(t *testing.T) {
	f := threeHeaps(t, 60)
	var told []float64
	e, err := f.Cluster(t.Context(), 3, 1, func(e Event) { told = append(told, e.(Progress).Fraction) })
	if err != nil {
		t.Fatal(err)
	}
	if e.ARI < 0.95 || e.NMI < 0.9 || e.K != 3 || len(e.Labels) != 180 || len(told) != clusterRestarts {
		t.Errorf("three heaps give %+v, told %v", e, told)
	}
	seen := map[uint8]bool{}
	for _, h := range e.Holds {
		seen[h.Digit] = true
		if h.Part < 0.95 || h.Size < 50 {
			t.Errorf("a cluster holds %+v", h)
		}
	}
	if len(seen) != 3 {
		t.Errorf("the clusters hold %+v", e.Holds)
	}
	again, err := f.Cluster(t.Context(), 3, 1, func(Event) {})
	if err != nil || again.ARI != e.ARI {
		t.Errorf("the same seed gives %v, %v", again.ARI, err)
	}
	if _, err := f.Cluster(t.Context(), 1000, 1, func(Event) {}); err == nil {
		t.Error("more clusters than examples are made")
	}
}

func TestHeapsAreClassified(t *testing.T) {
	f := threeHeaps(t, 1000)
	e, err := f.Probe(t.Context(), 1)
	if err != nil || e.Accuracy < 0.95 || e.Width != 2 || e.On != OnPCA {
		t.Errorf("three heaps give %+v, %v", e, err)
	}
}

func TestShares(t *testing.T) {
	got := shares([]int{0, 0, 0, 2, 2}, []uint8{7, 7, 1, 3, 2}, 3)
	want := []ClusterShare{{7, 2.0 / 3, 3}, {0, 0, 0}, {2, 0.5, 2}}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("cluster %d holds %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestMapsTask(t *testing.T) {
	for ari, want := range map[float64]bool{0.459: false, 0.46: true, 0.9: true} {
		task := MapsTask(&ClusterEvent{ARI: ari, On: OnVAE, K: 9})
		if task.Reached != want || !strings.Contains(task.Now, "vae, k 9") {
			t.Errorf("an ARI of %v gives %+v", ari, task)
		}
	}
	if MapsTask(nil).Reached {
		t.Error("the task is reached before the first clustering")
	}
}

func TestMapsRefusesValues(t *testing.T) {
	for key, values := range map[string][]string{"on": {"", "umap"}, "k": {"1", "27", "x"}, "latent": {"3"}} {
		for _, value := range values {
			if mapsLab().Defaults().Set(key, value) == nil {
				t.Errorf("%s takes %q", key, value)
			}
		}
	}
}

// TestMapsOfPCA makes the maps up to that of PCA, then ends.
func TestMapsOfPCA(t *testing.T) {
	b, err := engine.Open("go")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	ctx, cancel := context.WithCancel(t.Context())
	env := Env{Backend: func() (*engine.Backend, error) { return b, nil }}
	s := MapsSettingsOf(mapsLab().Defaults())
	kinds := map[string]int{}
	var clusters ClusterEvent
	err = MakeMaps(ctx, env, s, func(e Event) {
		kinds[e.Kind()]++
		switch e := e.(type) {
		case ClusterEvent:
			clusters = e
		case PlaneEvent:
			if e.On == OnPCA && (!e.Ready || len(e.Points) != mostMapped) {
				t.Errorf("the map of PCA has %d points", len(e.Points))
			}
		case ProbeEvent:
			cancel() // The classifier of pixels and the models would follow.
			if e.On != OnPCA || e.Accuracy < 0.8 {
				t.Errorf("the classifier of %s has accuracy %v", e.On, e.Accuracy)
			}
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	if kinds["features"] != 2 || kinds["map"] != 1 || kinds["probe"] != 1 {
		t.Errorf("the events are %v", kinds)
	}
	if clusters.On != OnPCA || clusters.ARI < 0.3 || MapsTask(&clusters).Reached {
		t.Errorf("PCA gives ARI %v", clusters.ARI)
	}
}

func TestRecipesAreWatched(t *testing.T) {
	b, err := engine.Open("go")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	values := make([]float32, 64*4)
	for i := range values {
		values[i] = float32(i%7) / 7
	}
	set, err := data.NewRows(data.Dataset{Name: "rows", Shape: []int{4}}, values)
	if err != nil {
		t.Fatal(err)
	}
	load := func() (*data.Dataset, error) { return set, nil }
	watched := 0
	r := Recipe{
		Name: "rows", Title: "rows", Train: load, HeldOut: load,
		Config: engine.Config{
			Architecture: engine.NewArchitecture([]int{4}, engine.ReLU, nil, 2), Seed: 1, Epochs: 1, BatchSize: 16, LearningRate: 0.001, Optimizer: "adam",
		},
		Watch: func(m *engine.Model) {
			watched++
			if z, err := m.Encode(t.Context(), values[:8]); err != nil || len(z) != 4 {
				t.Errorf("a look at the model gives %v, %v", z, err)
			}
			time.Sleep(time.Millisecond)
		},
	}
	var none *Models
	if _, err := none.Get(t.Context(), b, r, func(Event) {}); err != nil || watched < 1 {
		t.Errorf("it was watched %d times, %v", watched, err)
	}
}
