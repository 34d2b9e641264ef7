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

func (p *loopProduct) Multiply(ctx context.Context) ([]float32, error) {
	n := p.n
	for i := range n {
		// A product of the largest size takes minutes, one row of it a tenth of a second.
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for j := range n {
			var sum float32
			for k := range n {
				sum += p.a[i*n+k] * p.b[k*n+j]
			}
			p.c[i*n+j] = sum
		}
	}
	return p.c, nil
}

func (*loopProduct) Close() error { return nil }
