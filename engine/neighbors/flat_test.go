package neighbors

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
)

// TestEqualExamplesAreAtDistanceZero asks for the references themselves, far from the origin and with one twin each.
func TestEqualExamplesAreAtDistanceZero(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 6))
	const n, width = 90, 7
	references := make([]float32, 2*n*width)
	for i := range n * width {
		references[i] = float32(1000 + random.Float64()/3)
		references[n*width+i] = references[i]
	}
	for _, metric := range Metrics() {
		f := newIndex(t, metric, references, width)
		r, err := f.Search(t.Context(), references, 3)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 2 * n {
			indices, distances := r.Query(i)
			if indices[0] != i%n || indices[1] != i%n+n || distances[0] != 0 || distances[1] != 0 || distances[2] == 0 {
				t.Errorf("%s: reference %d has neighbours %v at %v", metric, i, indices, distances)
			}
		}
	}
}

func TestCosineIgnoresLength(t *testing.T) {
	f := newIndex(t, Cosine, []float32{3, 0, 0, -7, -0.5, 0}, 2)
	r, err := f.Search(t.Context(), []float32{10, 0}, 3)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(r.Indices, []int{0, 1, 2}) || !slices.Equal(r.Distances, []float64{0, 1, 2}) {
		t.Errorf("found %v at %v, want [0 1 2] at [0 1 2]", r.Indices, r.Distances)
	}
}

func TestIndexSaysWhatItIs(t *testing.T) {
	references := make([]float32, 100*8)
	l2 := newIndex(t, L2, references, 8)
	if l2.Len() != 100 || l2.Width() != 8 {
		t.Errorf("%d references of %d, want 100 of 8", l2.Len(), l2.Width())
	}
	// 100 references and their copy in two blocks of 64 with one half square each, in 4 bytes; the mean in 8.
	if want := 4*100*8 + 4*128*(8+1) + 8*8; l2.Bytes() != want {
		t.Errorf("%d bytes, want %d", l2.Bytes(), want)
	}
}

// TestPointsAreTakenFromTheirMean looks inside: far from the origin the answers would be right without, but found by
// comparing with every reference one by one.
func TestPointsAreTakenFromTheirMean(t *testing.T) {
	f := newIndex(t, L2, []float32{1000, 1002, 1004, 1002, 1002, 1000, 1002, 1004}, 2)
	if !slices.Equal(f.mean, []float64{1002, 1002}) || f.radius != 2 {
		t.Errorf("mean %v, radius %v; want [1002 1002] and 2", f.mean, f.radius)
	}
}

func TestWrongInputIsExplained(t *testing.T) {
	b := openBackend(t)
	nan, inf := float32(math.NaN()), float32(math.Inf(-1))
	build := func(metric Metric, references []float32, width int) error {
		_, err := NewFlat(t.Context(), b, metric, references, width)
		return err
	}
	f := newIndex(t, Cosine, []float32{1, 2, 3, 4, 5, 6}, 2)
	search := func(queries []float32, k int) error {
		_, err := f.Search(t.Context(), queries, k)
		return err
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{build("l1", []float32{1}, 1), `metric "l1" is not known; choose one of l2, cosine`},
		{build(L2, nil, 3), "there are no references; a search needs at least one"},
		{build(L2, []float32{1}, 0), "references of 0 values; they need from 1 to 1048576"},
		{build(L2, []float32{1, 2, 3}, 2), "3 values are not a whole number of examples of 2"},
		{build(L2, []float32{1, 2, 3, nan}, 2), "value 1 of reference 1 is NaN; values must be numbers from -1e+15 to 1e+15"},
		{build(L2, []float32{inf, 2}, 2), "value 0 of reference 0 is -Inf; values must be"},
		{build(L2, []float32{1, 2e15}, 2), "value 1 of reference 0 is 2e+15; values must be"},
		{build(Cosine, []float32{1, 2, 0, 0}, 2),
			"reference 1 has zeros only and so no direction, which cosine compares; leave it out or take l2"},
		{search([]float32{1, 2, 3}, 1), "3 values are not a whole number of examples of 2"},
		{search([]float32{1, 2, nan, 4}, 1), "value 0 of query 1 is NaN"},
		{search([]float32{0, 0}, 1), "query 0 has zeros only"},
		{search([]float32{1, 2}, 0), "k is 0; the index has 3 references, so take from 1 to 3"},
		{search([]float32{1, 2}, 4), "k is 4; the index has 3 references, so take from 1 to 3"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("got %v, want an error with %q", c.err, c.want)
		}
	}
}

func TestNoQueriesGiveAnEmptyResult(t *testing.T) {
	f := newIndex(t, L2, []float32{1, 2, 3}, 1)
	r, err := f.Search(t.Context(), nil, 2)
	if err != nil || r.Len() != 0 {
		t.Errorf("%d results, error %v", r.Len(), err)
	}
}

func TestSearchesMayRunAtOnce(t *testing.T) {
	points := clusters(600, 6)
	f := newIndex(t, L2, points[:500*6], 6)
	want, err := f.Search(t.Context(), points[500*6:], 9)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			got, err := f.Search(t.Context(), points[500*6:], 9)
			if err != nil {
				t.Error(err)
			}
			if !slices.Equal(got.Indices, want.Indices) || !slices.Equal(got.Distances, want.Distances) {
				t.Error("two searches for the same queries differ")
			}
		})
	}
	all.Wait()
}

// TestSearchEndsWithItsContext ends the context while the first queries are taken. The bubble fails the test if a
// goroutine stays behind.
func TestSearchEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		points := clusters(20_000, 3)
		f := newIndex(t, L2, points, 3)
		ctx, cancel := context.WithCancelCause(t.Context())
		var mu sync.Mutex
		taken := 0
		job := f.searchTask(points, 3)
		query := job.query
		job.query = func(i int) []float32 {
			mu.Lock()
			taken++
			mu.Unlock()
			cancel(errors.New("enough"))
			return query(i)
		}
		r, err := f.search(ctx, job)
		if !errors.Is(err, context.Canceled) || r.Len() != 0 {
			t.Errorf("%d results, error %v; want none and %v", r.Len(), err, context.Canceled)
		}
		if taken == 0 || taken > 10_000 {
			t.Errorf("%d queries were taken, want only the first of each goroutine", taken)
		}
		if _, err := f.Search(ctx, points, 3); !errors.Is(err, context.Canceled) {
			t.Errorf("a search with an ended context: %v", err)
		}
	})
}

// endsAfter is a context that ends when it was asked for its error so many times.
type endsAfter struct {
	context.Context
	times *int
}

func (c endsAfter) Err() error {
	if *c.times--; *c.times < 0 {
		return context.Canceled
	}
	return nil
}

// TestAnIndexEndsWithItsContext ends the context before each block of references, first for the mean, then for the
// copy.
func TestAnIndexEndsWithItsContext(t *testing.T) {
	b := openBackend(t)
	points := clusters(100, 8)
	build := func(times int) error {
		f, err := newFlat(endsAfter{t.Context(), &times}, b, L2, points, 8, blockShape{16, 32})
		if err == nil {
			err = f.Close()
		}
		return err
	}
	for times := range 8 { // 100 references are four blocks of 32.
		if err := build(times); !errors.Is(err, context.Canceled) {
			t.Errorf("a context that ends when asked %d times: %v", times, err)
		}
	}
	if err := build(8); err != nil {
		t.Errorf("an index of four blocks asks more often than twice for each: %v", err)
	}
}

// TestSearchTakesTurns holds all cores of the backend, as training runs do, and sees a search wait for them.
func TestSearchTakesTurns(t *testing.T) {
	b := openBackend(t)
	points := clusters(500, 3)
	f, err := NewFlat(t.Context(), b, L2, points, 3)
	if err != nil {
		t.Fatal(err)
	}
	var release func()
	hold := func(ctx context.Context) {
		if release, err = b.Alone(ctx); err != nil {
			t.Fatal(err)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		hold(ctx)
		ended := make(chan error, 1)
		search := func() {
			r, err := f.Search(ctx, points, 2)
			if err == nil && r.Len() != 500 {
				err = fmt.Errorf("%d results, want 500", r.Len())
			}
			ended <- err
		}
		go search()
		synctest.Wait()
		if len(ended) > 0 {
			t.Errorf("the search did not wait: %v", <-ended)
		}
		release()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		hold(ctx) // A search that is over has given its turns back, or this waits for ever.
		go search()
		synctest.Wait()
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("a search that waits ends with %v", err)
		}
		release()
	})
}

// TestFailuresEndASearch closes the backend under an index.
func TestFailuresEndASearch(t *testing.T) {
	b := openBackend(t)
	points := clusters(500, 3)
	f, err := NewFlat(t.Context(), b, L2, points, 3)
	if err != nil {
		t.Fatal(err)
	}
	b.Close()
	if _, err := f.Search(t.Context(), points, 3); err == nil {
		t.Error("a search on a closed backend found something")
	}
	if _, err := NewFlat(t.Context(), b, L2, points, 3); err == nil {
		t.Error("an index was made on a closed backend")
	}
}

func TestMeasureOverGEMMTimesBoth(t *testing.T) {
	b := openBackend(t)
	search, gemm, err := measure(t.Context(), b, 300, 50)
	if err != nil || search <= 0 || gemm <= 0 {
		t.Errorf("%v and %v, error %v", search, gemm, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := MeasureOverGEMM(ctx, b); !errors.Is(err, context.Canceled) {
		t.Errorf("with an ended context: %v", err)
	}
}
