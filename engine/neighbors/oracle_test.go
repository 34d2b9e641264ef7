package neighbors

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/aetutor/aetutor/engine"
)

// digits is testdata/digits.json, which testdata/digits.py wrote with scikit-learn.
type digits struct {
	References      []float32
	ReferenceLabels []int `json:"reference_labels"`
	Queries         []float32
	L2, Cosine      struct {
		Search    found
		Predicted [][]int // [k−1][query], −1 where it depends on the order of equal distances
	}
}

// found is what a search of scikit-learn found, [query][neighbour].
type found struct {
	Distances [][]float64
	Indices   [][]int
	Unique    [][]bool // no other reference could take this place
}

// compare reports where a result differs.
func (f found) compare(t *testing.T, what string, got Result) {
	t.Helper()
	if got.Len() != len(f.Indices) {
		t.Fatalf("%s: %d queries, want %d", what, got.Len(), len(f.Indices))
	}
	for i := range f.Indices {
		indices, distances := got.Query(i)
		for j := range indices {
			if !near(distances[j], f.Distances[i][j], 1e-5) {
				t.Errorf("%s: query %d, neighbour %d at %v, want %v", what, i, j, distances[j], f.Distances[i][j])
			}
			if f.Unique[i][j] && indices[j] != f.Indices[i][j] {
				t.Errorf("%s: query %d, neighbour %d is %d, want %d", what, i, j, indices[j], f.Indices[i][j])
			}
		}
	}
}

// near says whether a lies within a tolerance of b, absolute for small and relative for large ones. NaN lies nowhere.
func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance*(1+math.Abs(b)) }

func loadDigits(t *testing.T) digits {
	t.Helper()
	text, err := os.ReadFile("testdata/digits.json")
	if err != nil {
		t.Fatal(err)
	}
	var d digits
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// toBytes are labels as a dataset has them.
func toBytes(labels []int) []uint8 {
	bytes := make([]uint8, len(labels))
	for i, label := range labels {
		bytes[i] = uint8(label)
	}
	return bytes
}

// openBackend opens the backend that every machine has.
func openBackend(tb testing.TB) *engine.Backend {
	tb.Helper()
	b, err := engine.Open("go")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(b.Close)
	return b
}

// newIndex makes an index and frees it at the end of the test.
func newIndex(tb testing.TB, metric Metric, references []float32, width int) *Flat {
	tb.Helper()
	f, err := NewFlat(tb.Context(), openBackend(tb), metric, references, width)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := f.Close(); err != nil {
			tb.Error(err)
		}
	})
	return f
}

func TestSearchMatchesScikitLearn(t *testing.T) {
	d := loadDigits(t)
	for _, metric := range Metrics() {
		want := d.L2
		if metric == Cosine {
			want = d.Cosine
		}
		f := newIndex(t, metric, d.References, 64)
		got, err := f.Search(t.Context(), d.Queries, 7)
		if err != nil {
			t.Fatal(err)
		}
		want.Search.compare(t, string(metric)+" search", got)
	}
}

func TestVotesMatchScikitLearn(t *testing.T) {
	d := loadDigits(t)
	for _, metric := range Metrics() {
		want := d.L2.Predicted
		if metric == Cosine {
			want = d.Cosine.Predicted
		}
		f := newIndex(t, metric, d.References, 64)
		c, err := NewClassifier(toBytes(d.ReferenceLabels), 10)
		if err != nil {
			t.Fatal(err)
		}
		r, err := f.Search(t.Context(), d.Queries, len(want))
		if err != nil {
			t.Fatal(err)
		}
		for k := 1; k <= len(want); k++ {
			got, err := c.Vote(r, k)
			if err != nil {
				t.Fatal(err)
			}
			for i, class := range want[k-1] {
				if class >= 0 && int(got[i]) != class {
					t.Errorf("%s: query %d is a %d by %d neighbours, want %d", metric, i, got[i], k, class)
				}
			}
		}
	}
}
