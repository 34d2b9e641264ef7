package neighbors

import (
	"context"
	"errors"
	"math"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/aetutor/aetutor/engine"
)

// task is what one search has to find.
type task struct {
	n, k  int
	query func(i int) []float32 // [width]
	bare  bool                  // computes the products and looks at none of them
}

// blockShape is the shape of a block of scores: queries by references.
type blockShape struct{ rows, columns int }

// newBlockShape chooses the blocks for n references of a width.
//
// On the Go backend a block is computed by the goroutine that then scans it, so that its scores, at most 512 kB, are
// still in the second-level cache of the core. That takes a product within the backend's limit for one goroutine, which
// is also its fastest; its kernel takes 64 columns at a time. The more rows, the less often each reference is read;
// more than 128 gain nothing. Another backend gets blocks that are worth a launch.
func newBlockShape(b *engine.Backend, width, n int) blockShape {
	const step, scores, rows = 64, 1 << 17, 128
	whole := (n + step - 1) / step * step
	limit := b.SerialMultiplications()
	if limit == 0 {
		return blockShape{512, min(4096, whole)}
	}
	limit = min(scores, limit/width)
	columns := min(max(limit/rows/step, 1)*step, whole)
	return blockShape{max(min(limit/columns, 2*rows)/4, 1) * 4, columns}
}

// search shares the queries out to a goroutine for each core, some rows at a time.
func (f *Flat) search(ctx context.Context, t task) (Result, error) {
	r := Result{K: t.k, Indices: make([]int, t.n*t.k), Distances: make([]float64, t.n*t.k)}
	cores := runtime.GOMAXPROCS(0)
	rounds := ceil(t.n, cores*f.shape.rows)
	rows := 4 * ceil(t.n, 4*cores*max(rounds, 1))
	inner, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(cores, ceil(t.n, max(rows, 1))) {
		workers.Go(func() {
			if err := f.work(inner, t, r, rows, &next); err != nil {
				cancel(err)
			}
		})
	}
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	if err := context.Cause(inner); err != nil {
		return Result{}, err
	}
	return r, nil
}

func ceil(a, b int) int { return (a + b - 1) / b }

// work searches for the queries from next on, some rows at a time, until there are none left. next is shared by all who
// work on the task.
func (f *Flat) work(ctx context.Context, t task, r Result, rows int, next *atomic.Int64) (err error) {
	s, err := f.newSearcher(t, r, rows)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	for {
		from := int(next.Add(int64(rows))) - rows
		if from >= t.n {
			return nil
		}
		if err := s.search(ctx, from, min(from+rows, t.n)); err != nil {
			return err
		}
	}
}

// searcher finds the neighbours of some queries at a time. It serves one goroutine.
type searcher struct {
	flat    *Flat
	task    task
	result  Result
	product *engine.MatMul
	points  *engine.Matrix // of the queries, relative to the mean, [rows, width]
	queries []query        // [rows]
}

// query is the state of one query while the blocks of references go by.
type query struct {
	point     []float64 // [width]
	square    float64   // of the point's distance from the mean
	nearest   nearest
	threshold float32 // a reference whose score is not above it is not among the k nearest
}

func (f *Flat) newSearcher(t task, r Result, rows int) (*searcher, error) {
	points, err := engine.NewMatrix(f.backend, rows, f.width)
	if err != nil {
		return nil, err
	}
	product, err := engine.NewMatMul(f.backend, rows, f.width, f.shape.columns)
	if err != nil {
		return nil, errors.Join(err, points.Close())
	}
	s := &searcher{flat: f, task: t, result: r, product: product, points: points, queries: make([]query, rows)}
	for i := range s.queries {
		s.queries[i] = query{point: make([]float64, f.width), nearest: nearest{k: t.k}}
	}
	return s, nil
}

func (s *searcher) close() error { return errors.Join(s.product.Close(), s.points.Close()) }

// search finds the neighbours of the queries from to to-1.
func (s *searcher) search(ctx context.Context, from, to int) error {
	if err := s.load(from, to); err != nil {
		return err
	}
	for i := 0; i < len(s.flat.blocks); i += s.flat.blocksPerTurn() {
		if err := s.turn(ctx, i, min(i+s.flat.blocksPerTurn(), len(s.flat.blocks)), to-from); err != nil {
			return err
		}
	}
	for i := range to - from {
		at := (from + i) * s.task.k
		for j, found := range s.queries[i].nearest.sorted() {
			s.result.Indices[at+j], s.result.Distances[at+j] = found.index, s.flat.metric.distance(found.square)
		}
	}
	return nil
}

// turn compares the first rows queries with the references of the blocks first to last-1, in one turn on the backend.
func (s *searcher) turn(ctx context.Context, first, last, rows int) error {
	end, err := s.flat.backend.Core(ctx)
	if err != nil {
		return err
	}
	defer end()
	for i, b := range s.flat.blocks[first:last] {
		if err := ctx.Err(); err != nil {
			return err
		}
		products, err := s.product.Multiply(s.points, b.points)
		if err != nil {
			return err
		}
		if !s.task.bare {
			s.scan(products, b.halves, (first+i)*len(b.halves), rows)
		}
	}
	return nil
}

// blocksPerTurn is how many blocks take about as long as a step of training, some milliseconds: with shorter turns a
// search beside a training run would get a small part of the machine, with longer ones the run.
func (f *Flat) blocksPerTurn() int {
	const multiplications = 1 << 26
	return max(1, multiplications/(f.shape.rows*f.shape.columns*f.width))
}

// load takes the queries from to to-1.
func (s *searcher) load(from, to int) error {
	f := s.flat
	return s.points.Fill(func(values []float32) {
		clear(values[(to-from)*f.width:]) // A last block may have fewer queries than rows.
		for i := range to - from {
			q := &s.queries[i]
			example := s.task.query(from + i)
			scale := f.metric.scale(example)
			q.square = 0
			for j, x := range example {
				q.point[j] = float64(x) * scale
				relative := q.point[j] - f.mean[j]
				values[i*f.width+j] = float32(relative)
				q.square += relative * relative
			}
			q.nearest.heap = q.nearest.heap[:0]
			q.threshold = -math.MaxFloat32
		}
	})
}

// scan offers each query the references whose scores are above its threshold. products: [rows, columns], of which the
// first rows are queries; first is the number of the first column's reference.
func (s *searcher) scan(products, halves []float32, first, rows int) {
	columns := len(halves)
	for i := range rows {
		q := &s.queries[i]
		row := products[i*columns : (i+1)*columns]
		for j := above(row, halves, 0, q.threshold); j < columns; j = above(row, halves, j+1, q.threshold) {
			s.offer(q, first+j)
		}
	}
}

// offer compares a query with a reference and keeps this if it is among the k nearest so far.
func (s *searcher) offer(q *query, reference int) {
	f := s.flat
	square := squareDistance(q.point, f.reference(reference), f.scale(reference))
	if q.nearest.push(neighbor{square, reference}) && q.nearest.full() {
		q.threshold = f.threshold(q.square, q.nearest.farthest())
	}
}

// threshold is a score in float32 that every reference nearer than farthest, a square distance, exceeds. query is the
// square of the query's distance from the mean.
//
// The exact score of such a reference is above (query − farthest) / 2. The computed one may be lower, for three
// reasons. A sum of width terms, in any order, and the roundings of q, r, ‖r‖²/2 and the score itself cost up to (width
// + 4)·2⁻²⁴ of ‖q‖·‖r‖ + ‖r‖²/2 (Higham 2002, Accuracy and Stability of Numerical Algorithms, section 3.1), and the
// terms their own error. Each term may underflow. And the float64 values here are rounded too. The factor 1.1 covers
// the products of these errors.
func (f *Flat) threshold(query, farthest float64) float32 {
	n := float64(f.width + 4)
	size := math.Sqrt(query)*f.radius + f.radius*f.radius/2
	margin := (n*0x1p-24+f.backend.TermError())*size + n*0x1p-126 + n*0x1p-52*(query+farthest)
	return math.Nextafter32(float32((query-farthest)/2-1.1*margin), float32(math.Inf(-1)))
}
