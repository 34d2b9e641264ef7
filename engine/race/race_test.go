package race

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aetutor/aetutor/engine"
)

// timed multiplies exactly and takes as long as it is told, by a test's own clock.
type timed struct {
	name   string
	takes  func(n, call int) time.Duration // call counts from 0, the one that is not timed
	wrong  int                             // from this size on it computes wrongly; 0 is never
	fails  int                             // from this size on it fails
	closed *int
}

func (m timed) Name() string { return m.name }

func (m timed) Prepare(a, b []float32, n int) (Product, error) {
	c := exact(a, b, n)
	if m.wrong > 0 && n >= m.wrong {
		c[n*n-1]++
	}
	return &timedProduct{m: m, c: c, n: n}, nil
}

type timedProduct struct {
	m       timed
	c       []float32
	n, call int
}

func (p *timedProduct) Multiply(ctx context.Context, w *Stopwatch) ([]float32, error) {
	if p.m.fails > 0 && p.n >= p.m.fails {
		return nil, errors.New("out of memory")
	}
	return p.c, w.Do(ctx, func() error {
		select {
		case <-time.After(p.m.takes(p.n, p.call)):
			p.call++
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
}

func (p *timedProduct) Close() error {
	if p.m.closed != nil {
		*p.m.closed++
	}
	return nil
}

// constant takes the same time for each product.
func constant(d time.Duration) func(int, int) time.Duration {
	return func(int, int) time.Duration { return d }
}

// run races by a clock of its own and returns the points.
func run(t *testing.T, o Options, multipliers ...Multiplier) (points []PointEvent, err error) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		err = Run(t.Context(), multipliers, o, func(p PointEvent) { points = append(points, p) })
	})
	return points, err
}

func TestPointsAreWhatTheClockSays(t *testing.T) {
	// The call that is not timed is slow, then come 1, 9, 2, 8, 3 seconds: their median is 3.
	takes := func(_, call int) time.Duration {
		return []time.Duration{100, 1, 9, 2, 8, 3}[call] * time.Second
	}
	closed := 0
	got, err := run(t, Options{Sizes: []int{10}, Repetitions: 5, Box: time.Hour},
		timed{name: "m", takes: takes, closed: &closed})
	if err != nil || len(got) != 1 || closed != 1 {
		t.Fatalf("points %+v, %v, closed %d times", got, err, closed)
	}
	if p := got[0]; p.Multiplier != "m" || p.Size != 10 || math.Abs(p.GFLOPS-2000/3e9) > 1e-15 || p.Seconds != 3 ||
		p.Repetitions != 5 {
		t.Errorf("%+v", p)
	}
}

func TestTheBox(t *testing.T) {
	for name, c := range map[string]struct {
		takes time.Duration
		box   time.Duration
		want  int // repetitions
	}{
		"as many as asked for":      {100 * time.Millisecond, time.Minute, 7},
		"cut by the box":            {300 * time.Millisecond, time.Second, 4},
		"one at least":              {5 * time.Second, time.Second, 1},
		"more where they are short": {time.Millisecond, time.Second, 10},
	} {
		got, err := run(t, Options{Sizes: []int{4}, Box: c.box}, timed{name: "m", takes: constant(c.takes)})
		if err != nil || len(got) != 1 || got[0].Repetitions != c.want {
			t.Errorf("%s: %+v, %v, want %d repetitions", name, got, err, c.want)
		}
	}
}

// Others compute for two seconds before each piece, which neither the median nor the box may count.
func TestWaitingForTheMachineIsNotMeasured(t *testing.T) {
	held, most := 0, 0
	alone := func(ctx context.Context) (func(), error) {
		select {
		case <-time.After(2 * time.Second):
			held++
			most = max(most, held)
			return func() { held-- }, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	got, err := run(t, Options{Sizes: []int{4}, Alone: alone}, timed{name: "m", takes: constant(100 * time.Millisecond)})
	if err != nil || len(got) != 1 || got[0].Seconds != 0.1 || got[0].Repetitions != 7 || held != 0 || most != 1 {
		t.Errorf("%+v, %v; the machine was taken %d times at once and is still %d times", got, err, most, held)
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		err := Run(ctx, []Multiplier{Loop()}, Options{Sizes: []int{4}, Alone: alone}, nil)
		if !errors.Is(err, context.DeadlineExceeded) || held != 0 {
			t.Errorf("a race that waits ends with %v, the machine is taken %d times", err, held)
		}
	})
}

// The loop takes minutes for a large product, and others must get the machine meanwhile.
func TestTheLoopWorksInPieces(t *testing.T) {
	for n, want := range map[int]int{4: 1, 1024: 512, 1500: 1500} {
		product, err := Loop().Prepare(make([]float32, n*n), make([]float32, n*n), n)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		pieces := 0
		_, err = product.Multiply(ctx, &Stopwatch{alone: func(context.Context) (func(), error) {
			if pieces++; pieces == min(want, 3) {
				cancel()
			}
			return func() {}, nil
		}})
		if rows := product.(*loopProduct).rows(); (n+rows-1)/rows != want || pieces != min(want, 3) {
			t.Errorf("%d×%d: %d rows a piece, %d pieces until the context ended, want %d pieces in all", n, n, rows, pieces, want)
		}
		if want > 3 && !errors.Is(err, context.Canceled) {
			t.Errorf("%d×%d: %v", n, n, err)
		}
	}
}

func TestAProductThatFillsTheBoxIsComputedOnce(t *testing.T) {
	var calls []int
	takes := func(n, call int) time.Duration {
		calls = append(calls, n)
		return time.Duration(n*n*n) * time.Millisecond // 64 and 512 ms, then 4.1 s
	}
	got, err := run(t, Options{Sizes: []int{4, 8, 16, 32}, Repetitions: 1}, timed{name: "m", takes: takes})
	if err != nil || !slices.Equal(calls, []int{4, 4, 8, 8, 16}) {
		t.Errorf("computed %v, %v", calls, err)
	}
	if p := got[len(got)-1]; p.Size != 16 || p.Seconds != 4.096 || p.Repetitions != 1 {
		t.Errorf("%+v", p)
	}
}

func TestTheOrderOfPoints(t *testing.T) {
	slow := func(n, _ int) time.Duration { return time.Duration(n) * 100 * time.Millisecond } // 1.6 s at 16
	got, err := run(t, Options{Sizes: []int{16, 4, 8, 32, 4}}, timed{name: "slow", takes: slow},
		timed{name: "fast", takes: constant(time.Millisecond)})
	var order []string
	for _, p := range got {
		order = append(order, p.Multiplier+" "+string(rune('0'+p.Size/4)))
	}
	// At 16 the slow one needs more than the box of a second, so it is not asked for 32.
	want := "slow 1, fast 1, slow 2, fast 2, slow 4, fast 4, fast 8"
	if err != nil || strings.Join(order, ", ") != want {
		t.Errorf("order %s, %v; want %s", strings.Join(order, ", "), err, want)
	}
}

func TestAMultiplierThatIsWrongLeavesTheRace(t *testing.T) {
	closed := 0
	ms := constant(time.Millisecond)
	got, err := run(t, Options{Sizes: []int{2, 4, 8}}, timed{name: "wrong", takes: ms, wrong: 4, closed: &closed},
		timed{name: "failing", takes: ms, fails: 8}, timed{name: "right", takes: ms})
	if len(got) != 1+2+3 || closed != 2 {
		t.Errorf("points %+v, closed %d times", got, closed)
	}
	if err == nil || err.Error() != "wrong at 4×4: row 3 of the product is wrong\nfailing at 8×8: out of memory" {
		t.Errorf("error %v", err)
	}
}

func TestARaceEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(2500*time.Millisecond, cancel)
		start, emitted := time.Now(), 0
		err := Run(ctx, []Multiplier{timed{name: "m", takes: constant(time.Second)}}, Options{Box: time.Hour},
			func(PointEvent) { emitted++ })
		if !errors.Is(err, context.Canceled) || time.Since(start) > 3500*time.Millisecond || emitted != 0 {
			t.Errorf("error %v after %v with %d points", err, time.Since(start), emitted)
		}
	})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	product, err := Loop().Prepare(make([]float32, 4), make([]float32, 4), 2)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := product.Multiply(ctx, new(Stopwatch)); !errors.Is(err, context.Canceled) {
		t.Errorf("the loop says %v", err)
	}
}

func TestOptionsThatAreWrong(t *testing.T) {
	for want, o := range map[string]Options{
		"a size is 0; take 1 to 4096":            {Sizes: []int{16, 0}},
		"a size is 4097; take 1 to 4096":         {Sizes: []int{4097}},
		"the repetitions are -1; take 1 or more": {Repetitions: -1},
		"the box is -1s; take more than 0s":      {Box: -time.Second},
	} {
		if err := Run(t.Context(), []Multiplier{Loop()}, o, nil); err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

func TestDefaults(t *testing.T) {
	o, err := Options{}.complete()
	if err != nil || !slices.Equal(o.Sizes, []int{4, 8, 16, 32, 64, 128, 256, 512, 1024}) || o.Repetitions != 7 ||
		o.Box != time.Second {
		t.Errorf("%+v, %v", o, err)
	}
}

func TestMedian(t *testing.T) {
	for want, times := range map[time.Duration][]time.Duration{3: {3}, 5: {9, 1, 5}, 4: {1, 9, 3, 5}} {
		if got := median(times); got != want {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

// The loop and the Go backend multiply rightly at sizes with and without remainders of vectors.
func TestARealRace(t *testing.T) {
	b, err := engine.Open("go")
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	var got []PointEvent
	o := Options{Sizes: []int{1, 3, 16, 65, 128}, Repetitions: 1, Box: time.Millisecond}
	if err := Run(t.Context(), []Multiplier{Loop(), OnBackend("go", b)}, o, func(p PointEvent) { got = append(got, p) }); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{LoopName, "go"} {
		if !slices.ContainsFunc(got, func(p PointEvent) bool { return p.Multiplier == name }) {
			t.Errorf("%s has no points", name)
		}
	}
	for _, p := range got {
		flops := 2 * math.Pow(float64(p.Size), 3)
		if p.Kind() != "point" || math.Abs(p.GFLOPS*1e9*p.Seconds/flops-1) > 1e-9 || p.Repetitions < 1 {
			t.Errorf("%+v", p)
		}
	}
}
