package downstream

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// PCA is a principal component analysis (Pearson 1901; Hotelling 1933): the directions in which examples vary most. It
// does not change once it is fitted, so any number of goroutines may use it.
type PCA struct {
	mean       []float64 // of the examples fitted, [width]
	components []float64 // orthogonal, each of length 1, [components, width]
	variance   []float64 // along each component, with n − 1 degrees of freedom, [components], descending
}

// FitPCA finds the principal components of x, [n, width], from the eigenvectors of its covariance matrix. It keeps
// min(n, width) of them; the values of x are centred but not scaled. n must be 2 or more, width at most 1024.
//
// Each component's value of the largest magnitude, the first of several, is positive, so that the same examples always
// give the same map. Components of equal variance, those of variance 0 among them, may be any basis of their space.
//
// When ctx ends it fails within one block of rows, or after the decomposition, which is the larger part of the time and
// takes about a second for a width of 784.
func FitPCA(ctx context.Context, x []float32, width int) (*PCA, error) {
	n, err := countRows(x, width)
	if err != nil {
		return nil, err
	}
	if n < 2 {
		return nil, fmt.Errorf("PCA of %d examples; it needs 2 or more", n)
	}
	mean, vectors, err := covariance(ctx, x, n, width)
	if err != nil {
		return nil, err
	}
	values, err := decompose(vectors)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	kept := min(n, width)
	p := &PCA{mean: mean, components: make([]float64, kept*width), variance: make([]float64, kept)}
	for i := range kept {
		column := width - 1 - i                // Eigenvalues ascend.
		p.variance[i] = max(0, values[column]) // Rounding leaves those of 0 on either side.
		component := p.components[i*width : (i+1)*width]
		for j := range component {
			component[j] = vectors.Data[j*vectors.Stride+column]
		}
		if slices.MaxFunc(component, byMagnitude) < 0 {
			for j := range component {
				component[j] = -component[j]
			}
		}
	}
	return p, nil
}

// decompose puts the eigenvectors of a symmetric matrix into its columns and returns the eigenvalues, both ascending.
func decompose(matrix blas64.Symmetric) ([]float64, error) {
	values, workspace := make([]float64, matrix.N), make([]float64, 1)
	lapack64.Syev(lapack.EVCompute, matrix, values, workspace, -1) // This call writes the size that the workspace needs.
	workspace = make([]float64, int(workspace[0]))
	if !lapack64.Syev(lapack.EVCompute, matrix, values, workspace, len(workspace)) {
		return nil, errors.New("PCA: the eigenvalues of the covariance matrix did not converge")
	}
	return values, nil
}

func byMagnitude(a, b float64) int { return cmp.Compare(math.Abs(a), math.Abs(b)) }

// covariance is the mean of x, [n, width], and its covariance matrix, in the upper triangle. It multiplies blocks of
// rows with themselves.
func covariance(ctx context.Context, x []float32, n, width int) ([]float64, blas64.Symmetric, error) {
	sums, squares := newPerPart(width), newPerPart(width)
	err := eachBlock(ctx, nil, n, func(part, from, to int) {
		for at := from * width; at < to*width; at += width {
			for j, v := range x[at : at+width] {
				sums[part][j] += float64(v)
				squares[part][j] += float64(v) * float64(v)
			}
		}
	})
	if err != nil {
		return nil, blas64.Symmetric{}, err
	}
	mean, square := sums.sum(), squares.sum()
	// The product skips zeros, of which pictures are full, so it takes uncentred values, and the mean's share is
	// subtracted afterwards. Where almost all of the mean square is due to the mean, so that rounding would leave little
	// of the difference, the values are centred first.
	origin := make([]float64, width)
	for j := range mean {
		mean[j] /= float64(n)
		if mean[j]*mean[j] > 0.99*square[j]/float64(n) {
			origin[j] = mean[j]
		}
	}
	// A stride of a power of two would put a whole column of the matrix into a few sets of the cache.
	stride := width | 1
	products, blocks := newPerPart(width*stride), newPerPart(min(n, blockRows)*width)
	matrix := func(data []float64) blas64.Symmetric {
		return blas64.Symmetric{N: width, Stride: stride, Data: data, Uplo: blas.Upper}
	}
	err = eachBlock(ctx, nil, n, func(part, from, to int) {
		block := subtract(blocks[part], x[from*width:to*width], origin)
		blas64.Syrk(blas.Trans, 1, block, 1, matrix(products[part]))
	})
	if err != nil {
		return nil, blas64.Symmetric{}, err
	}
	c := matrix(products.sum())
	for i := range width {
		row := c.Data[i*stride : i*stride+width]
		for j := i; j < width; j++ {
			row[j] = (row[j] - float64(n)*(mean[i]-origin[i])*(mean[j]-origin[j])) / float64(n-1)
		}
	}
	return mean, c, nil
}

// subtract writes the rows of x less origin, [width], to dst. x: [rows, width] → [rows, width].
func subtract(dst []float64, x []float32, origin []float64) blas64.General {
	width := len(origin)
	rows := len(x) / width
	for i := range rows {
		out := dst[i*width : (i+1)*width]
		for j, v := range x[i*width : (i+1)*width] {
			out[j] = float64(v) - origin[j]
		}
	}
	return blas64.General{Rows: rows, Cols: width, Stride: width, Data: dst[:rows*width]}
}

// Len is the number of components, min(n, width) of the examples fitted.
func (p *PCA) Len() int { return len(p.variance) }

// ExplainedVarianceRatio is each component's part of the whole variance, [Len]. It is 0 for all when the examples
// fitted are all equal.
func (p *PCA) ExplainedVarianceRatio() []float64 {
	total := 0.0
	for _, v := range p.variance {
		total += v
	}
	ratio := make([]float64, p.Len())
	if total > 0 {
		for i, v := range p.variance {
			ratio[i] = v / total
		}
	}
	return ratio
}

func narrow(values []float64) []float32 {
	narrowed := make([]float32, len(values))
	for i, v := range values {
		narrowed[i] = float32(v)
	}
	return narrowed
}
