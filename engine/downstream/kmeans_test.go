package downstream

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func cluster(t *testing.T, x []float32, width int, c KMeansConfig) *Clustering {
	t.Helper()
	found, err := KMeans(t.Context(), x, width, c)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestLloyd(t *testing.T) {
	o := readOracle(t)
	for _, want := range o.KMeans {
		t.Run(want.Name, func(t *testing.T) {
			x, width := o.set(t, want.Set)
			variance, err := meanVariance(t.Context(), nil, x, width)
			if err != nil {
				t.Fatal(err)
			}
			// The centres given are float32, as the examples are.
			init := make([]float64, len(want.Init))
			for i, v := range want.Init {
				init[i] = float64(float32(v))
			}
			got, err := lloyd(t.Context(), nil, x, width, init, tolerance*variance)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got.Labels, want.Labels) {
				t.Errorf("got the labels %v, want %v", got.Labels, want.Labels)
			}
			near(t, "inertia", []float64{got.Inertia}, []float64{want.Inertia}, 1e-10)
			near(t, "centre value", got.Centers, want.Centers, 1e-6)
			if got.Steps != want.Steps {
				t.Errorf("%d steps, want %d", got.Steps, want.Steps)
			}
		})
	}
}

// TestInitialCenters compares how often k-means++ draws each pair of the points 0, 1 and 3 with its definition: the
// first with probability 1/3, the second in proportion to its squared distance from it.
func TestInitialCenters(t *testing.T) {
	const draws = 30_000
	want := map[[2]float64]float64{
		{0, 1}: 1. / 3 * 1 / 10, {0, 3}: 1. / 3 * 9 / 10, {1, 0}: 1. / 3 * 1 / 5, {1, 3}: 1. / 3 * 4 / 5,
		{3, 0}: 1. / 3 * 9 / 13, {3, 1}: 1. / 3 * 4 / 13,
	}
	random := rand.New(rand.NewPCG(1, 2))
	counts := make(map[[2]float64]int)
	for range draws {
		centers, err := initialCenters(t.Context(), nil, []float32{0, 1, 3}, 1, 2, random)
		if err != nil {
			t.Fatal(err)
		}
		counts[[2]float64(centers)]++
	}
	total := 0
	for pair, p := range want {
		total += counts[pair]
		if deviation := math.Sqrt(draws * p * (1 - p)); math.Abs(float64(counts[pair])-draws*p) > 4*deviation {
			t.Errorf("%v was drawn %d times, want %.0f ± %.0f", pair, counts[pair], draws*p, 4*deviation)
		}
	}
	if total != draws {
		t.Errorf("%d of %d draws are of the pairs that can be drawn", total, draws)
	}
}

func TestDrawRoundsDown(t *testing.T) {
	if got := draw([]float64{0, 1e-9, 0}, 1, rand.New(rand.NewPCG(1, 1))); got != 1 {
		t.Errorf("beyond the last weight it drew %d, want 1, the last weight that is not 0", got)
	}
}

// TestKMeans checks that restarts find the clustering of iris that is the best of 100 restarts of scikit-learn's.
func TestKMeans(t *testing.T) {
	o := readOracle(t)
	x, width := o.set(t, "iris")
	got := cluster(t, x, width, KMeansConfig{K: 3, Restarts: 20, Seed: 1})
	near(t, "inertia", []float64{got.Inertia}, []float64{o.Best}, 1e-10)
	// Inertia, labels and centres belong together.
	inertia := 0.0
	for i, label := range got.Labels {
		for j := range width {
			inertia += math.Pow(float64(x[i*width+j])-float64(got.Centers[label*width+j]), 2)
		}
	}
	near(t, "inertia of the labels", []float64{inertia}, []float64{got.Inertia}, 1e-6)
}

func TestKMeansKeepsTheBestRestart(t *testing.T) {
	x, width := readOracle(t).set(t, "digits")
	last := math.Inf(1)
	lower := 0
	for restarts := 1; restarts <= 12; restarts++ {
		got := cluster(t, x, width, KMeansConfig{K: 10, Restarts: restarts, Seed: 4})
		if got.Inertia > last {
			t.Errorf("%d restarts end at %v, one fewer at %v", restarts, got.Inertia, last)
		}
		if got.Inertia < last {
			lower++
		}
		last = got.Inertia
	}
	if lower < 2 {
		t.Error("no restart was better than the first")
	}
}

func TestKMeansRepeatsItself(t *testing.T) {
	x := rotated(3000)
	first := cluster(t, x, 3, KMeansConfig{K: 7, Restarts: 2, Seed: 5})
	second := cluster(t, x, 3, KMeansConfig{K: 7, Restarts: 2, Seed: 5})
	if first.Inertia != second.Inertia || !slices.Equal(first.Labels, second.Labels) {
		t.Error("the same seed gives two clusterings")
	}
	if third := cluster(t, x, 3, KMeansConfig{K: 7, Restarts: 2, Seed: 6}); slices.Equal(first.Labels, third.Labels) {
		t.Error("another seed gives the same labels, so the seed is not used")
	}
}

// TestKMeansOfFewDifferentExamples has three clusters for two different examples: one stays empty, and nothing is NaN.
func TestKMeansOfFewDifferentExamples(t *testing.T) {
	x := []float32{1, 1, 1, 5, 5, 1}
	for seed := range int64(20) {
		got := cluster(t, x, 1, KMeansConfig{K: 3, Restarts: 1, Seed: seed})
		if got.Inertia != 0 {
			t.Errorf("seed %d: the inertia is %v, want 0", seed, got.Inertia)
		}
		for i, label := range got.Labels {
			if got.Centers[label] != x[i] {
				t.Errorf("seed %d: example %d is %v, its centre %v", seed, i, x[i], got.Centers[label])
			}
		}
		for _, center := range got.Centers {
			if center != 1 && center != 5 {
				t.Errorf("seed %d: a centre is %v, want 1 or 5", seed, center)
			}
		}
	}
}

func TestKMeansOfEqualExamples(t *testing.T) {
	got := cluster(t, []float32{0.1, 3, 0.1, 3, 0.1, 3}, 2, KMeansConfig{K: 2, Restarts: 1})
	if got.Inertia != 0 || got.Steps != 1 || !slices.Equal(got.Labels, []int{0, 0, 0}) {
		t.Errorf("got %+v, want inertia 0 after one step and all in the first cluster", got)
	}
}

// TestRefillKeepsDonors has a cluster of one example and an empty one: taking the only example would not fill any.
func TestRefillKeepsDonors(t *testing.T) {
	p := &partition{x: []float32{9, 1, 2}, width: 1, centers: []float64{5, 0, 100}, labels: []int{0, 1, 1},
		squared: []float64{16, 1, 4}}
	sums, sizes := []float64{9, 3, 0}, []float64{1, 2, 0}
	p.refill(sums, sizes)
	if !slices.Equal(sums, []float64{9, 1, 2}) || !slices.Equal(sizes, []float64{1, 1, 1}) {
		t.Errorf("got the sums %v of %v examples, want [9 1 2] of [1 1 1]", sums, sizes)
	}
	// An example at its centre is as well off where it is.
	p = &partition{x: []float32{1, 1}, width: 1, centers: []float64{1, 1}, labels: []int{0, 0}, squared: []float64{0, 0}}
	sums, sizes = []float64{2, 0}, []float64{2, 0}
	p.refill(sums, sizes)
	if !slices.Equal(sums, []float64{2, 0}) || !slices.Equal(sizes, []float64{2, 0}) {
		t.Errorf("got the sums %v of %v examples, want [2 0] of [2 0]", sums, sizes)
	}
}

func TestMeanVariance(t *testing.T) {
	got, err := meanVariance(t.Context(), nil, []float32{0, 0, 2, 6}, 2)
	if err != nil || got != 5 {
		t.Errorf("got %v and the error %v, want 5, the mean of 1 and 9", got, err)
	}
}

func TestEqualDistancesTakeTheFirst(t *testing.T) {
	p := &partition{x: []float32{0, 1, 2}, width: 1, centers: []float64{2, 0, 0}, labels: make([]int, 3),
		squared: make([]float64, 3)}
	if _, _, err := p.assign(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(p.labels, []int{1, 0, 0}) {
		t.Errorf("got %v, want [1 0 0]", p.labels)
	}
}

func TestKMeansRefuses(t *testing.T) {
	three := []float32{1, 2, 3}
	for _, test := range []struct {
		x      []float32
		width  int
		config KMeansConfig
		want   string
	}{
		{nil, 1, KMeansConfig{K: 1, Restarts: 1}, "no examples to cluster"},
		{three, 2, KMeansConfig{K: 1, Restarts: 1}, "3 values are not a whole number of examples of 2"},
		{three, 0, KMeansConfig{K: 1, Restarts: 1}, "examples of 0 values"},
		{[]float32{1, float32(math.NaN())}, 1, KMeansConfig{K: 1, Restarts: 1}, "value 0 of example 1 is NaN"},
		{three, 1, KMeansConfig{K: 4, Restarts: 1}, "k is 4, the set has 3 examples; take from 1 to 3"},
		{three, 1, KMeansConfig{K: 0, Restarts: 1}, "k is 0"},
		{make([]float32, 2000), 1, KMeansConfig{K: 1001, Restarts: 1}, "2000 examples; take from 1 to 1000"},
		{three, 1, KMeansConfig{K: 1}, "0 restarts; take from 1 to 100"},
		{three, 1, KMeansConfig{K: 1, Restarts: 101}, "101 restarts"},
	} {
		_, err := KMeans(t.Context(), test.x, test.width, test.config)
		refused(t, err, test.want)
	}
}

func TestKMeansIsCancelled(t *testing.T) {
	x := rotated(200)
	cancelled(t, func(ctx context.Context) error {
		_, err := KMeans(ctx, x, 3, KMeansConfig{K: 4, Restarts: 2, Seed: 1})
		return err
	})
}
