// Package downstream holds what is done with a representation once it is there: principal component analysis, which is
// also the linear autoencoder that others are measured against, k-means clustering, and two measures of how well a
// clustering agrees with classes. Examples are rows of a flat slice, [n, width], as engine.Model.Encode gives them.
package downstream

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"sync"

	"github.com/aetutor/aetutor/engine/turn"
)

// maxWidth bounds the examples: the decomposition of PCA takes about 1.3 seconds at 784 values, 3 at 1024 and 100 at
// 2048, and cannot be interrupted.
const maxWidth = 1024

// countRows checks x, [n, width], and returns n.
func countRows(x []float32, width int) (int, error) {
	if width < 1 || width > maxWidth {
		return 0, fmt.Errorf("examples of %d values; take from 1 to %d", width, maxWidth)
	}
	if len(x)%width != 0 {
		return 0, fmt.Errorf("%d values are not a whole number of examples of %d", len(x), width)
	}
	for i, v := range x {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return 0, fmt.Errorf("value %d of example %d is %v; every value must be a finite number", i%width, i/width, v)
		}
	}
	return len(x) / width, nil
}

// parts is the number of goroutines that share the rows. It is fixed, so that what each sums up, and with it the result
// to the last bit, does not depend on the number of processors.
const parts = 4

// blockRows is the number of rows between two looks at the context: some milliseconds of work at most, few enough that
// a block stays in the cache as float64.
const blockRows = 256

// eachBlock cuts rows into parts and those into blocks, calls work for each block, from row from up to but without row
// to, and returns when all is done. Blocks of one part follow one another, in turns on core; parts run at the same
// time. It fails when ctx ends, after the blocks that are being worked on.
func eachBlock(ctx context.Context, core turn.Core, rows int, work func(part, from, to int)) error {
	var wait sync.WaitGroup
	errs := make([]error, parts)
	for part := range parts {
		first, end := rows*part/parts, rows*(part+1)/parts
		wait.Go(func() {
			errs[part] = core.Each(ctx, (end-first+blockRows-1)/blockRows, func(block int) error {
				from := first + block*blockRows
				work(part, from, min(from+blockRows, end))
				return nil
			})
		})
	}
	wait.Wait()
	return cmp.Or(errs...)
}

// perPart is one vector for each part of the rows, so that parts can write at the same time.
type perPart [parts][]float64

func newPerPart(n int) *perPart {
	var p perPart
	for part := range p {
		p[part] = make([]float64, n)
	}
	return &p
}

// sum adds up the vectors, always in the same order. It spends them: the sum lies in the first one's memory.
func (p *perPart) sum() []float64 {
	for _, vector := range p[1:] {
		for i, v := range vector {
			p[0][i] += v
		}
	}
	return p[0]
}
