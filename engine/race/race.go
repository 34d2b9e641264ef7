// Package race lets different ways to multiply matrices compete: how many floating-point operations a second each
// reaches, and from which size on one beats another.
package race

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/aetutor/aetutor/engine/turn"
)

// Multiplier is a way to multiply matrices.
type Multiplier interface {
	// Name tells it from the others of a race.
	Name() string
	// Prepare takes two matrices of [n, n], row by row, to where they are multiplied, and compiles what has to be. It
	// does not keep the slices.
	Prepare(a, b []float32, n int) (Product, error)
}

// Product multiplies the two matrices that it was prepared for.
type Product interface {
	// Multiply returns a·b in the program's own memory, [n, n] row by row. It holds until the next call or Close. All
	// that is to be timed is done by w, in pieces of some milliseconds.
	Multiply(ctx context.Context, w *Stopwatch) ([]float32, error)
	// Close frees what the product holds on its device.
	Close() error
}

// Options say what a race measures. The zero value is the workshop's race.
type Options struct {
	// Sizes are the n of the n×n matrices, each from 1 to MaxSize. Nil is 4, 8, … 1024: small enough that any backend
	// begins behind the loop, so that there is a crossover to be seen.
	Sizes []int
	// Repetitions is how often a product is timed at least, if the box allows. 0 is 7.
	Repetitions int
	// Box is how long the repetitions of one product may take; 0 is a second. The first is always taken. A multiplier
	// that needs longer than the box for a single product is not asked for larger ones.
	Box time.Duration
	// Seed draws the matrices.
	Seed int64
	// Alone waits until nobody else computes on the machine and keeps it so until end, so that a shared machine is
	// measured and not its load. Nil is for a machine that nobody shares.
	Alone turn.Core
}

// MaxSize is the largest n: the matrices of a race then take 192 MB for each multiplier.
const MaxSize = 4096

// PointEvent is one measured point of a race.
type PointEvent struct {
	Multiplier string `json:"multiplier"`
	Size       int    `json:"n"`
	// GFLOPS is 2n³ operations, n multiplications and additions for each of n² values, by Seconds, in billions.
	GFLOPS float64 `json:"gflops"`
	// Seconds is the median of the repetitions. It counts the product and the way of its result to the program's memory,
	// but neither moving the operands nor compiling, which training does once for many products.
	Seconds     float64 `json:"seconds"`
	Repetitions int     `json:"repetitions"`
}

// Kind names the event in a stream of lines, as those of a training run are named.
func (PointEvent) Kind() string { return "point" }

// minimum is how long a product is repeated at least, so that the median of one that takes microseconds is not the one
// of a few.
const minimum = 10 * time.Millisecond

// Run measures each multiplier at each size, the sizes in ascending order, and emits each point as it is known. All
// values of the first product of a point are checked against float64. It also warms caches up and is not timed, unless
// the size before lets expect that one product fills the box; then it is the only one. A multiplier that fails or
// computes wrongly leaves the race, and the others go on; its error is returned at the end. Run returns within one
// product of the end of ctx.
func Run(ctx context.Context, multipliers []Multiplier, o Options, emit func(PointEvent)) error {
	o, err := o.complete()
	if err != nil {
		return err
	}
	var failures []error
	racing := slices.Clone(multipliers)
	last := map[string]PointEvent{}
	for _, n := range o.Sizes {
		a, b := matrices(o.Seed, n)
		check := newCheck(o.Seed, a, b, n)
		racing = slices.DeleteFunc(racing, func(m Multiplier) bool {
			if ctx.Err() != nil {
				return false
			}
			point, err := measure(ctx, m, a, b, check, o, last[m.Name()])
			if err != nil && ctx.Err() == nil {
				failures = append(failures, fmt.Errorf("%s at %d×%d: %w", m.Name(), n, n, err))
			}
			if err != nil {
				return true
			}
			emit(point)
			last[m.Name()] = point
			return point.Seconds > o.Box.Seconds()
		})
		if err := ctx.Err(); err != nil {
			return errors.Join(append(failures, fmt.Errorf("matrix race: %w", err))...)
		}
	}
	return errors.Join(failures...)
}

func (o Options) complete() (Options, error) {
	if o.Sizes == nil {
		o.Sizes = []int{4, 8, 16, 32, 64, 128, 256, 512, 1024}
	}
	if o.Repetitions == 0 {
		o.Repetitions = 7
	}
	if o.Box == 0 {
		o.Box = time.Second
	}
	o.Sizes = slices.Compact(slices.Sorted(slices.Values(o.Sizes)))
	for _, n := range o.Sizes {
		if n < 1 || n > MaxSize {
			return o, fmt.Errorf("a size is %d; take 1 to %d", n, MaxSize)
		}
	}
	if o.Repetitions < 0 {
		return o, fmt.Errorf("the repetitions are %d; take 1 or more", o.Repetitions)
	}
	if o.Box < 0 {
		return o, fmt.Errorf("the box is %v; take more than 0s", o.Box)
	}
	return o, nil
}

// expect is the time that a product of n×n matrices takes if it grows with the operations from a measured point. It is
// 0 without one.
func (p PointEvent) expect(n int) time.Duration {
	if p.Size == 0 {
		return 0
	}
	growth := math.Pow(float64(n)/float64(p.Size), 3)
	return time.Duration(min(p.Seconds*growth*float64(time.Second), math.MaxInt64/2))
}

// measure takes one point, knowing the multiplier's last one.
func measure(ctx context.Context, m Multiplier, a, b []float32, check check, o Options, last PointEvent) (
	point PointEvent, err error,
) {
	product, err := m.Prepare(a, b, check.n)
	if err != nil {
		return point, err
	}
	defer func() { err = errors.Join(err, product.Close()) }()
	w := Stopwatch{alone: o.Alone}
	first, err := product.Multiply(ctx, &w)
	if err != nil {
		return point, err
	}
	if err := check.verify(first); err != nil {
		return point, err
	}
	times := []time.Duration{w.took}
	if last.expect(check.n) < o.Box {
		if times, err = repeat(ctx, product, o); err != nil {
			return point, err
		}
	}
	// A clock that is too coarse for a product must not divide by zero.
	seconds := max(median(times), time.Nanosecond).Seconds()
	n := float64(check.n)
	return PointEvent{
		Multiplier: m.Name(), Size: check.n, GFLOPS: 2 * n * n * n / seconds / 1e9, Seconds: seconds, Repetitions: len(times),
	}, nil
}

// repeat times a product until it was asked often and long enough, or the box is full.
func repeat(ctx context.Context, product Product, o Options) ([]time.Duration, error) {
	var times []time.Duration
	var spent time.Duration
	for spent < o.Box && (len(times) < o.Repetitions || spent < minimum) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		w := Stopwatch{alone: o.Alone}
		if _, err := product.Multiply(ctx, &w); err != nil {
			return nil, err
		}
		times, spent = append(times, w.took), spent+w.took
	}
	return times, nil
}

// median is the middle one, or the mean of the two in the middle.
func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	middle := len(times) / 2
	if len(times)%2 == 1 {
		return times[middle]
	}
	return (times[middle-1] + times[middle]) / 2
}
