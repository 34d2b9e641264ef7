package lab

import (
	"context"
	"slices"
	"strconv"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/downstream"
)

// MapsSettings are the parameters of the lab maps.
type MapsSettings struct {
	Seed   int64  // of k-means and of the classifier
	Latent int    // numbers of a code
	K      int    // clusters
	On     string // the representation to cluster
}

// The representations of a digit.
const (
	OnPixels      = "pixels"
	OnPCA         = "pca"
	OnAutoencoder = "autoencoder"
	OnVAE         = "vae"
)

// Representations are the representations of a digit, in the order of the lab's table.
func Representations() []string { return []string{OnPixels, OnPCA, OnAutoencoder, OnVAE} }

// The least and the largest number of clusters: each has a letter.
const (
	MinClusters = 2
	MaxClusters = 26
)

// mapsTaskARI is what the task of the lab maps asks for.
const mapsTaskARI = 0.46

func mapsLab() Lab {
	return Lab{
		ID: "maps", Lesson: "downstream",
		About:    "maps held-out digits by PCA, an autoencoder and a VAE, clusters them and classifies them",
		Question: "Which map keeps the digits apart, and do the clusters know what a digit is?",
		Task:     MapsTask(nil).Text,
		Params: []Param{
			choiceParam("on", OnVAE, Representations(), "what to cluster"),
			wholeParam("k", 10, MinClusters, MaxClusters, "clusters"),
			choiceParam("latent", "16", []string{"2", "16"}, "numbers of a code"),
			seedParam(),
		},
		Run: runMaps,
	}
}

// MapsSettingsOf reads the settings of the lab maps from its values.
func MapsSettingsOf(v Values) MapsSettings {
	return MapsSettings{Seed: v.Seed(), Latent: v.Whole("latent"), K: v.Whole("k"), On: v.Text("on")}
}

// PlaneEvent shows where the held-out digits lie on a map.
type PlaneEvent struct {
	On     string       `json:"on"`
	Points [][2]float64 `json:"-"` // of the first held-out digits
	Ready  bool         `json:"ready"`
}

// Kind implements Event.
func (PlaneEvent) Kind() string { return "map" }

// FeaturesEvent brings a representation that is ready to be clustered.
type FeaturesEvent struct {
	On       string    `json:"on"`
	Width    int       `json:"features"`
	Labels   []uint8   `json:"-"` // digits of the held-out examples
	Features *Features `json:"-"`
}

// Kind implements Event.
func (FeaturesEvent) Kind() string { return "features" }

// What is computed on: held-out digits are clustered, and classified by what was learned from training digits.
const (
	heldOutStep   = 2      // every second of the 10,000 test digits: 5,000
	probeExamples = 10_000 // training digits
	pcaExamples   = 5_000  // training digits that PCA is fitted to
	mostMapped    = 2_000  // digits on a map
)

// maps is the work of the lab.
type maps struct {
	env     Env
	s       MapsSettings
	emit    func(Event)
	backend *engine.Backend
	pixels  *Features
}

// MakeMaps makes all maps, one after another. It tells Progress, PlaneEvents while models train, and for each
// representation a FeaturesEvent, a ClusterEvent for s.K clusters and a ProbeEvent. Pixels it does not cluster, for
// that takes many times as long as all the others.
func MakeMaps(ctx context.Context, env Env, s MapsSettings, emit func(Event)) error {
	m := maps{env: env, s: s, emit: emit}
	if err := m.open(); err != nil {
		return err
	}
	emit(Progress{"fitting PCA to the pixels", 0})
	if err := m.pca(ctx); err != nil {
		return err
	}
	if err := m.probe(ctx, m.pixels); err != nil {
		return err
	}
	for _, model := range []struct {
		on     string
		recipe Recipe
	}{{OnAutoencoder, env.Digits.recipe(s.Latent)}, {OnVAE, env.Digits.vaeRecipe(s.Latent)}} {
		if err := m.model(ctx, model.on, model.recipe); err != nil {
			return err
		}
	}
	return nil
}

// open reads the digits.
func (m *maps) open() error {
	m.emit(Progress{"opening the backend and MNIST", 0})
	backend, err := m.env.Backend()
	if err != nil {
		return err
	}
	train, test, err := m.env.Digits.parts()
	if err != nil {
		return err
	}
	var chosen []int
	for i := 0; i < test.Len(); i += heldOutStep {
		chosen = append(chosen, i)
	}
	train, test = firstOf(train, probeExamples), test.Select(chosen)
	m.backend = backend
	m.pixels = &Features{
		On: OnPixels, Width: test.Width(), backend: backend,
		heldOut: rows(test), train: rows(train), labels: test.Labels, trainLabels: train.Labels,
	}
	m.tell(m.pixels)
	return nil
}

func (m *maps) tell(f *Features) { m.emit(FeaturesEvent{f.On, f.Width, f.labels, f}) }

// mapped is how many digits are on a map.
func (m *maps) mapped() int { return min(mostMapped, len(m.pixels.labels)) }

// pca maps by principal components of the pixels, and takes as many of them as a code has numbers for features.
func (m *maps) pca(ctx context.Context) error {
	width := m.pixels.Width
	pca, err := downstream.FitPCA(ctx, m.pixels.train[:min(pcaExamples*width, len(m.pixels.train))], width)
	if err != nil {
		return err
	}
	heldOut, err := pca.Transform(ctx, m.pixels.heldOut, m.s.Latent)
	if err != nil {
		return err
	}
	train, err := pca.Transform(ctx, m.pixels.train, m.s.Latent)
	if err != nil {
		return err
	}
	points := make([][2]float64, m.mapped())
	for i := range points {
		points[i] = [2]float64{float64(heldOut[i*m.s.Latent]), float64(heldOut[i*m.s.Latent+1])}
	}
	m.emit(PlaneEvent{OnPCA, points, true})
	return m.use(ctx, OnPCA, heldOut, train)
}

// model maps by the codes of a model, while it trains and after.
func (m *maps) model(ctx context.Context, on string, recipe Recipe) error {
	var points [][2]float64
	draw := func(codes []float32, ready bool) error {
		rows := slices.Collect(slices.Chunk(codes[:m.mapped()*m.s.Latent], m.s.Latent))
		plane, err := FitPlane(ctx, rows, points)
		if err == nil {
			points, err = plane.Place(ctx, rows)
		}
		if err == nil {
			m.emit(PlaneEvent{on, points, ready})
		}
		return err
	}
	recipe.Watch = func(model *engine.Model) {
		if codes, err := model.Encode(ctx, m.pixels.heldOut[:m.mapped()*m.pixels.Width]); err == nil {
			_ = draw(codes, false) // The training goes on without this look at it.
		}
	}
	trained, err := m.env.Models.Get(ctx, m.backend, recipe, m.emit)
	if err != nil {
		return err
	}
	heldOut, err := trained.Encode(ctx, m.pixels.heldOut)
	if err != nil {
		return err
	}
	train, err := trained.Encode(ctx, m.pixels.train)
	if err != nil {
		return err
	}
	if err := draw(heldOut, true); err != nil {
		return err
	}
	return m.use(ctx, on, heldOut, train)
}

// use tells, clusters and classifies a representation.
func (m *maps) use(ctx context.Context, on string, heldOut, train []float32) error {
	f := *m.pixels
	f.On, f.Width, f.heldOut, f.train = on, m.s.Latent, heldOut, train
	m.tell(&f)
	clusters, err := f.Cluster(ctx, m.s.K, m.s.Seed, m.emit)
	if err != nil {
		return err
	}
	m.emit(clusters)
	return m.probe(ctx, &f)
}

func (m *maps) probe(ctx context.Context, f *Features) error {
	probe, err := f.Probe(ctx, m.s.Seed)
	if err == nil {
		m.emit(probe)
	}
	return err
}

// MapsDone ends the lab maps.
type MapsDone struct {
	Clusters ClusterEvent `json:"clusters"`
	Seed     int64        `json:"seed"`
	Task
}

// Kind implements Event.
func (MapsDone) Kind() string { return "done" }

// Line says what was clustered and how well it fits the digits.
func (d MapsDone) Line() string { return d.Clusters.Line() + "\n" + d.Task.Line() }

// MapsTask judges a clustering, nil before the first.
func MapsTask(c *ClusterEvent) Task {
	t := Task{Text: "clusters with ARI ≥ " + short(mapsTaskARI) + " against the digits", Now: "none yet"}
	if c != nil {
		t.Now = strconv.FormatFloat(c.ARI, 'f', 3, 64) + ", " + c.On + ", k " + strconv.Itoa(c.K)
		t.Reached, t.Figure = c.ARI >= mapsTaskARI, highest("ARI of clusters against the digits", c.ARI)
	}
	return t
}

func runMaps(ctx context.Context, env Env, v Values, emit func(Event)) error {
	s := MapsSettingsOf(v)
	var pixels *Features
	var clusters *ClusterEvent
	err := MakeMaps(ctx, env, s, func(e Event) {
		switch e := e.(type) {
		case FeaturesEvent:
			if e.On == OnPixels {
				pixels = e.Features
			}
		case ClusterEvent:
			if e.On == s.On {
				clusters = &e
			}
		}
		emit(e)
	})
	if err != nil {
		return err
	}
	if clusters == nil {
		c, err := pixels.Cluster(ctx, s.K, s.Seed, emit)
		if err != nil {
			return err
		}
		clusters = &c
	}
	emit(MapsDone{*clusters, s.Seed, MapsTask(clusters)})
	return nil
}
