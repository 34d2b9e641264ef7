package downstream

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// oracle is testdata/downstream.json, which testdata/downstream.py writes.
type oracle struct {
	Sets []struct {
		Name  string
		Width int
		X     []float32 // [n, width]
	}
	PCA []struct {
		Set              string
		K                int
		Mean, Components []float64 // [width], [k, width]
		Variance, Ratio  []float64 // [components]
		Errors           []float64 // [components + 1]
		Codes, Back      []float64 // [rows, k], [rows, width] of the first rows
	}
	KMeans []struct {
		Name, Set string
		K, Steps  int
		Init      []float64 // [k, width]
		Labels    []int
		Inertia   float64
		Centers   []float64
	}
	Best      float64 // the inertia of iris with k = 3, of 100 restarts
	Agreement []struct {
		A, B     []int
		ARI, NMI float64
	}
}

func readOracle(t *testing.T) oracle {
	t.Helper()
	file, err := os.ReadFile("testdata/downstream.json")
	if err != nil {
		t.Fatal(err)
	}
	var o oracle
	if err := json.Unmarshal(file, &o); err != nil {
		t.Fatal(err)
	}
	if len(o.PCA) < 6 || len(o.KMeans) < 7 || len(o.Agreement) < 12 {
		t.Fatalf("%d cases of PCA, %d of k-means, %d of agreement", len(o.PCA), len(o.KMeans), len(o.Agreement))
	}
	return o
}

// set is the examples of a set, [n, width], and their width.
func (o oracle) set(t *testing.T, name string) ([]float32, int) {
	t.Helper()
	for _, set := range o.Sets {
		if set.Name == name {
			return set.X, set.Width
		}
	}
	t.Fatalf("there is no set %q", name)
	return nil, 0
}

// near compares values of one kind: the tolerance is relative to the largest of them.
func near[T float32 | float64](t *testing.T, what string, got []T, want []float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d values of %s, want %d", len(got), what, len(want))
	}
	scale := 1e-300
	for _, w := range want {
		scale = max(scale, math.Abs(w))
	}
	for i, w := range want {
		if !(math.Abs(float64(got[i])-w) <= tolerance*scale) {
			t.Errorf("%s %d is %v, want %v", what, i, got[i], w)
		}
	}
}

func refused(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got the error %v, want %q", err, want)
	}
}

// endingContext is cancelled once it has been asked a number of times.
type endingContext struct {
	context.Context
	left atomic.Int64
}

func endsAfter(t *testing.T, looks int64) *endingContext {
	t.Helper()
	c := &endingContext{Context: t.Context()}
	c.left.Store(looks)
	return c
}

func (c *endingContext) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// cancelled runs work with contexts that end after ever more looks, until it succeeds. Before that it must fail with
// the context's error. It may leave no goroutine, which synctest would wait for.
func cancelled(t *testing.T, work func(ctx context.Context) error) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		looks := int64(0)
		for ; looks < 10_000; looks++ {
			ctx := endsAfter(t, looks)
			err := work(ctx)
			if err == nil {
				break
			}
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("after %d looks at the context: %v", looks, err)
			}
			if over := -ctx.left.Load(); over > 2*parts {
				t.Fatalf("it looked at the context %d times after its end", over)
			}
		}
		if looks < 2*parts {
			t.Errorf("it looked at the context %d times only", looks)
		}
	})
}
