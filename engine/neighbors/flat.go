package neighbors

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/aetutor/aetutor/engine"
)

// Flat is an exact index of references: it compares a query with each of them. Its methods may be called from any
// goroutine.
//
// Half the square distance of two points is ‖q‖²/2 − (q·r − ‖r‖²/2). So the nearest references have the highest scores
// q·r − ‖r‖²/2, and the products q·r of many queries and references are one matrix product. Scores in float32 lose
// digits where points are near each other and far from the origin. So points are taken relative to the mean of the
// references, scores only choose which references may be among the k nearest, with a margin for their rounding error,
// and these are compared by their square distances, Σ(qᵢ − rᵢ)² in float64. The result is that of comparing all in
// float64.
type Flat struct {
	backend    *engine.Backend
	metric     Metric
	width      int
	references []float32 // [n, width]
	scales     []float64 // what makes a reference a point, [n]; nil under L2
	mean       []float64 // of the points, [width]
	radius     float64   // the largest distance of a point from the mean
	shape      blockShape
	blocks     []block
}

// block is some references as the products take them.
type block struct {
	points *engine.Matrix // relative to the mean, [width, columns]; those past the last reference are 0
	halves []float32      // half the square of each point's distance from the mean, [columns]; past the last it is +Inf
}

// NewFlat makes an index of references, [n, width], with products on the backend b. It keeps references, which must not
// change. Each must be made of numbers from -1e15 to 1e15, and under Cosine have one that is not 0. Close frees the
// index. It returns ctx's error within one block of references of its end.
func NewFlat(ctx context.Context, b *engine.Backend, metric Metric, references []float32, width int) (*Flat, error) {
	if err := metric.validate(); err != nil {
		return nil, err
	}
	if width < 1 || width > maxWidth {
		return nil, fmt.Errorf("references of %d values; they need from 1 to %d", width, maxWidth)
	}
	if len(references) == 0 {
		return nil, errors.New("there are no references; a search needs at least one")
	}
	if err := metric.check("reference", references, width); err != nil {
		return nil, err
	}
	return newFlat(ctx, b, metric, references, width, newBlockShape(b, width, len(references)/width))
}

// newFlat makes an index of valid references that computes in blocks of a shape.
func newFlat(ctx context.Context, b *engine.Backend, metric Metric, references []float32, width int, shape blockShape) (
	*Flat, error,
) {
	f := &Flat{backend: b, metric: metric, width: width, references: references, shape: shape}
	if metric != L2 {
		f.scales = make([]float64, f.Len())
		for i := range f.scales {
			f.scales[i] = metric.scale(f.reference(i))
		}
	}
	if err := f.addMean(ctx); err != nil {
		return nil, err
	}
	for from := 0; from < f.Len(); from += shape.columns {
		if err := f.addBlock(ctx, from); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
	return f, nil
}

// Close frees the index on its device. No search may run or follow.
func (f *Flat) Close() error {
	var errs []error
	for _, b := range f.blocks {
		errs = append(errs, b.points.Close())
	}
	f.blocks = nil
	return errors.Join(errs...)
}

// Len is the number of references.
func (f *Flat) Len() int { return len(f.references) / f.width }

// Width is the number of values of a reference.
func (f *Flat) Width() int { return f.width }

// Bytes is the memory of the references and of the index made of them, about twice that of the references alone.
func (f *Flat) Bytes() int {
	float32s := len(f.references) + len(f.blocks)*f.shape.columns*(f.width+1)
	return 4*float32s + 8*(len(f.scales)+len(f.mean))
}

// Search finds the k nearest references of each query. queries: [n, Width], of values as NewFlat takes them; no query
// gives an empty result. k is from 1 to Len.
//
// It works on all cores. Beside the result, 16 bytes for each neighbour, each core holds one block of scores of queries
// by references, at most 512 kB on the Go backend and 8 MB on others, and for each of the block's queries, at most 512,
// its values and k neighbours. It returns ctx's error within one such block of its end, and no goroutine stays. Each
// core takes turns with the training runs of the backend.
func (f *Flat) Search(ctx context.Context, queries []float32, k int) (Result, error) {
	if err := f.metric.check("query", queries, f.width); err != nil {
		return Result{}, err
	}
	if k < 1 || k > f.Len() {
		return Result{}, fmt.Errorf("k is %d; the index has %d references, so take from 1 to %d", k, f.Len(), f.Len())
	}
	return f.search(ctx, f.searchTask(queries, k))
}

func (f *Flat) searchTask(queries []float32, k int) task {
	return task{n: len(queries) / f.width, k: k, query: func(i int) []float32 {
		return queries[i*f.width : (i+1)*f.width]
	}}
}

func (f *Flat) reference(i int) []float32 { return f.references[i*f.width : (i+1)*f.width] }

func (f *Flat) scale(i int) float64 {
	if f.scales == nil {
		return 1
	}
	return f.scales[i]
}

// addMean takes the mean of all points.
func (f *Flat) addMean(ctx context.Context) error {
	f.mean = make([]float64, f.width)
	for i := range f.Len() {
		if i%f.shape.columns == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		scale := f.scale(i)
		for j, x := range f.reference(i) {
			f.mean[j] += float64(x) * scale
		}
	}
	for j := range f.mean {
		f.mean[j] /= float64(f.Len())
	}
	return nil
}

// addBlock makes a block of the references from a number on.
func (f *Flat) addBlock(ctx context.Context, from int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	columns := f.shape.columns
	points, err := engine.NewMatrix(f.backend, f.width, columns)
	if err != nil {
		return err
	}
	halves := make([]float32, columns)
	f.blocks = append(f.blocks, block{points, halves})
	return points.Fill(func(values []float32) {
		for i := range columns {
			if from+i < f.Len() {
				square := f.column(values[i:], columns, from+i)
				halves[i] = float32(square / 2)
				f.radius = max(f.radius, math.Sqrt(square))
				continue
			}
			halves[i] = float32(math.Inf(1))
			for j := i; j < len(values); j += columns {
				values[j] = 0
			}
		}
	})
}

// column writes the point of a reference, relative to the mean, to every stride-th value of dst. It returns the square
// of its distance from the mean.
func (f *Flat) column(dst []float32, stride, reference int) float64 {
	square, scale := 0.0, f.scale(reference)
	for j, x := range f.reference(reference) {
		x := float64(x)*scale - f.mean[j]
		dst[j*stride] = float32(x)
		square += x * x
	}
	return square
}
