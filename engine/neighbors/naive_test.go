package neighbors

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// naiveNeighbor is a reference and its distance, not squared.
type naiveNeighbor struct {
	distance float64
	index    int
}

// naive compares a query with each reference in float64 and returns all neighbours, the nearest first.
func naive(metric Metric, references []float32, width int, query []float32) []naiveNeighbor {
	var all []naiveNeighbor
	for i := range len(references) / width {
		var squares, dot, q, r float64
		for j, x := range references[i*width : (i+1)*width] {
			a, b := float64(query[j]), float64(x)
			squares += (a - b) * (a - b)
			dot += a * b
			q += a * a
			r += b * b
		}
		distance := math.Sqrt(squares)
		if metric == Cosine {
			distance = 1 - dot/math.Sqrt(q*r)
		}
		all = append(all, naiveNeighbor{distance, i})
	}
	slices.SortStableFunc(all, func(a, b naiveNeighbor) int { return cmp.Compare(a.distance, b.distance) })
	return all
}

// checkAgainstNaive compares what a search found for a query with the naive loop, in parts of the unit or, under L2, of
// the largest distance. Where exact, the square distances are whole numbers or have no ties, so the order is certain.
func checkAgainstNaive(t *testing.T, metric Metric, want []naiveNeighbor, indices []int, distances []float64, exact bool) {
	t.Helper()
	tolerance := 1e-9
	if metric == L2 {
		tolerance *= want[len(want)-1].distance
	}
	near := func(a, b float64) bool { return math.Abs(a-b) <= tolerance }
	byIndex := make(map[int]float64, len(want))
	for _, n := range want {
		byIndex[n.index] = n.distance
	}
	for j, index := range indices {
		if !near(distances[j], want[j].distance) {
			t.Fatalf("neighbour %d at distance %v, want %v", j, distances[j], want[j].distance)
		}
		if own, known := byIndex[index]; !known || !near(distances[j], own) {
			t.Fatalf("neighbour %d is %d at distance %v, where it is at %v", j, index, distances[j], own)
		}
		delete(byIndex, index)
		if exact && index != want[j].index {
			t.Fatalf("neighbour %d is %d, want %d", j, index, want[j].index)
		}
		if j > 0 && (distances[j] < distances[j-1] || distances[j] == distances[j-1] && index < indices[j-1] && exact) {
			t.Fatalf("neighbour %d (%d at %v) comes after %d at %v", j, index, distances[j], indices[j-1], distances[j-1])
		}
	}
}

// TestSearchMatchesNaiveLoop draws sets of many shapes. Whole numbers make ties; a far centre and a small spread make
// scores in float32 lose nearly all digits of a distance.
func TestSearchMatchesNaiveLoop(t *testing.T) {
	b := openBackend(t)
	random := rand.New(rand.NewPCG(5, 5))
	draws := map[string]func() float32{
		"whole":   func() float32 { return float32(random.IntN(4) + 1) },
		"far":     func() float32 { return float32(1_000_000 + random.IntN(5)) },
		"normal":  func() float32 { return float32(random.NormFloat64()) },
		"tiny":    func() float32 { return float32(1e-22 * random.NormFloat64()) },
		"large":   func() float32 { return float32(1e14 * random.NormFloat64()) },
		"mixture": func() float32 { return float32(math.Exp(5 * random.NormFloat64())) },
	}
	for name, draw := range draws {
		for trial := range 15 {
			metric := Metrics()[trial%2]
			width, n, queries := 1+random.IntN(40), 2+random.IntN(300), random.IntN(40)
			shape := newBlockShape(b, width, n)
			if trial%3 == 0 { // Small blocks, so that there are many.
				shape = blockShape{4 * (1 + random.IntN(3)), 64}
			}
			values := make([]float32, (n+queries)*width)
			for i := range values {
				values[i] = draw()
			}
			references, queried := values[:n*width], values[n*width:]
			f, err := newFlat(t.Context(), b, metric, references, width, shape)
			if err != nil {
				t.Fatal(err)
			}
			what := fmt.Sprintf("%s, %s, %d of width %d, blocks %v", name, metric, n, width, shape)
			exact := metric == L2 && (name == "whole" || name == "far")
			t.Run(what, func(t *testing.T) {
				k := 1 + random.IntN(n)
				r, err := f.Search(t.Context(), queried, k)
				if err != nil {
					t.Fatal(err)
				}
				if r.Len() != queries {
					t.Fatalf("%d queries, want %d", r.Len(), queries)
				}
				for i := range queries {
					indices, distances := r.Query(i)
					want := naive(metric, references, width, queried[i*width:(i+1)*width])
					checkAgainstNaive(t, metric, want, indices, distances, exact)
				}
			})
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestNearNeighborsInFarClusters has clusters so far apart, for their size, that scores in float32 order nothing inside
// of one: they are multiples of 0.5 where half the square distances are around 0.0001.
func TestNearNeighborsInFarClusters(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	const n, width = 300, 5
	references := make([]float32, n*width)
	for i := range references {
		references[i] = float32(float64(i/width%2*4000-2000) + 0.01*random.NormFloat64())
	}
	f := newIndex(t, L2, references, width)
	queries := references[:50*width]
	r, err := f.Search(t.Context(), queries, 10)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 50 {
		indices, distances := r.Query(i)
		checkAgainstNaive(t, L2, naive(L2, references, width, queries[i*width:(i+1)*width]), indices, distances, true)
	}
}
