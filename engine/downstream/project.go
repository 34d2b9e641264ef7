package downstream

import (
	"context"
	"errors"
	"fmt"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
)

// Transform projects examples onto the first k components, 1 to Len. x: [n, width] → [n, k].
func (p *PCA) Transform(ctx context.Context, x []float32, k int) ([]float32, error) {
	n, err := p.check(x, len(p.mean), k)
	if err != nil {
		return nil, err
	}
	z := make([]float32, n*k)
	err = p.eachProjection(ctx, x, n, k, func(_, from int, _, codes blas64.General) {
		for i, v := range codes.Data {
			z[from*k+i] = float32(v)
		}
	})
	if err != nil {
		return nil, err
	}
	return z, nil
}

// Inverse maps projections onto the first k components back: mean + Σ zᵢ·componentᵢ. z: [n, k] → [n, width].
func (p *PCA) Inverse(ctx context.Context, z []float32, k int) ([]float32, error) {
	n, err := p.check(z, k, k)
	if err != nil {
		return nil, err
	}
	width := len(p.mean)
	x := make([]float32, n*width)
	nowhere, codes, blocks := make([]float64, k), newPerPart(min(n, blockRows)*k), newPerPart(min(n, blockRows)*width)
	err = eachBlock(ctx, nil, n, func(part, from, to int) {
		code := subtract(codes[part], z[from*k:to*k], nowhere)
		block := blas64.General{Rows: to - from, Cols: width, Stride: width, Data: blocks[part]}
		blas64.Gemm(blas.NoTrans, blas.NoTrans, 1, code, p.first(k), 0, block)
		for i := range to - from {
			for j, mean := range p.mean {
				x[(from+i)*width+j] = float32(mean + block.Data[i*width+j])
			}
		}
	})
	if err != nil {
		return nil, err
	}
	return x, nil
}

// MeanErrors are the mean reconstruction errors of x, [n, width], with 0 to k components, [k + 1]: element i is the
// mean of (x − x′)² over all examples and values, x′ being rebuilt from the first i components, or from the mean alone.
// It is what a plain autoencoder is trained to make small.
func (p *PCA) MeanErrors(ctx context.Context, x []float32, k int) ([]float64, error) {
	n, err := p.check(x, len(p.mean), k)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, errors.New("no examples, so they have no mean error")
	}
	// Components are orthogonal, so each one's projection z takes z² off the squared distance to the mean (Pythagoras).
	squares := newPerPart(k + 1)
	err = p.eachProjection(ctx, x, n, k, func(part, _ int, centred, codes blas64.General) {
		for _, v := range centred.Data {
			squares[part][0] += v * v
		}
		for i, z := range codes.Data {
			squares[part][1+i%k] += z * z
		}
	})
	if err != nil {
		return nil, err
	}
	left := squares.sum()
	for i := 1; i <= k; i++ {
		left[i] = max(0, left[i-1]-left[i])
	}
	for i := range left {
		left[i] /= float64(len(x))
	}
	return left, nil
}

// check checks examples, [n, width], and a number of components, and returns n.
func (p *PCA) check(x []float32, width, k int) (int, error) {
	if k < 1 || k > p.Len() {
		return 0, fmt.Errorf("k is %d; there are %d components, take from 1 to that", k, p.Len())
	}
	return countRows(x, width)
}

// first is the matrix of the first k components, [k, width].
func (p *PCA) first(k int) blas64.General {
	width := len(p.mean)
	return blas64.General{Rows: k, Cols: width, Stride: width, Data: p.components[:k*width]}
}

// eachProjection calls use for blocks of x, [n, width], from row from on, with the block less the mean, [rows, width],
// and its projections, [rows, k]. Their memory is used again after that.
func (p *PCA) eachProjection(ctx context.Context, x []float32, n, k int,
	use func(part, from int, centred, codes blas64.General)) error {
	width := len(p.mean)
	blocks, codes := newPerPart(min(n, blockRows)*width), newPerPart(min(n, blockRows)*k)
	return eachBlock(ctx, nil, n, func(part, from, to int) {
		centred := subtract(blocks[part], x[from*width:to*width], p.mean)
		code := blas64.General{Rows: to - from, Cols: k, Stride: k, Data: codes[part][:(to-from)*k]}
		blas64.Gemm(blas.NoTrans, blas.Trans, 1, centred, p.first(k), 0, code)
		use(part, from, centred, code)
	})
}
