package race

import (
	"context"
	"slices"
)

// LoopName is the name of the multiplier Loop.
const LoopName = "loop"

// Loop is the textbook's matrix product: three loops, one processor core, no vector instructions, no thought of caches.
func Loop() Multiplier { return loop{} }

type loop struct{}

func (loop) Name() string { return LoopName }

func (loop) Prepare(a, b []float32, n int) (Product, error) {
	return &loopProduct{a: slices.Clone(a), b: slices.Clone(b), c: make([]float32, n*n), n: n}, nil
}

type loopProduct struct {
	a, b, c []float32
	n       int
}

// pieceMultiplications is how many multiplications the loop does in some milliseconds.
const pieceMultiplications = 1 << 21

func (p *loopProduct) Multiply(ctx context.Context, w *Stopwatch) ([]float32, error) {
	rows := p.rows()
	for from := 0; from < p.n; from += rows {
		err := w.Do(ctx, func() error {
			p.multiplyRows(from, min(from+rows, p.n))
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return p.c, nil
}

// rows is how many rows of the product make a piece.
func (p *loopProduct) rows() int { return max(1, pieceMultiplications/(p.n*p.n)) }

// multiplyRows computes the rows from to to-1 of the product.
func (p *loopProduct) multiplyRows(from, to int) {
	n := p.n
	for i := from; i < to; i++ {
		for j := range n {
			var sum float32
			for k := range n {
				sum += p.a[i*n+k] * p.b[k*n+j]
			}
			p.c[i*n+j] = sum
		}
	}
}

func (*loopProduct) Close() error { return nil }
