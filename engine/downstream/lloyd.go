package downstream

import (
	"context"

	"github.com/aetutor/aetutor/engine/turn"
)

// partition is the state of Lloyd's algorithm.
type partition struct {
	core    turn.Core
	x       []float32 // [n, width]
	width   int
	centers []float64 // [k, width]
	labels  []int     // [n]
	// squared is the squared distance of each example to its centre, [n].
	squared []float64
}

// lloyd moves centres, [k, width], until the sum of the squares of their moves is at most settled.
func lloyd(
	ctx context.Context, core turn.Core, x []float32, width int, centers []float64, settled float64,
) (*Clustering, error) {
	n := len(x) / width
	p := &partition{
		core: core, x: x, width: width, centers: centers, labels: make([]int, n), squared: make([]float64, n),
	}
	steps := 0
	for steps < maxSteps {
		steps++
		sums, sizes, err := p.assign(ctx)
		if err != nil {
			return nil, err
		}
		p.refill(sums, sizes)
		if moved := p.move(sums, sizes); moved <= settled {
			break
		}
	}
	// The last move may have brought examples nearer to another centre.
	if _, _, err := p.assign(ctx); err != nil {
		return nil, err
	}
	inertia := 0.0
	for _, d := range p.squared {
		inertia += d
	}
	return &Clustering{Labels: p.labels, Centers: narrow(p.centers), Inertia: inertia, Steps: steps}, nil
}

// assign gives each example the label of its nearest centre. It returns the sum, [k, width], and the number, [k], of
// the examples of each cluster.
func (p *partition) assign(ctx context.Context) (sums, sizes []float64, err error) {
	k := len(p.centers) / p.width
	sum, size := newPerPart(k*p.width), newPerPart(k)
	err = eachBlock(ctx, p.core, len(p.labels), func(part, from, to int) {
		for row := from; row < to; row++ {
			example := p.row(row)
			label, least := 0, squaredDistance(example, p.centers[:p.width])
			for i := 1; i < k; i++ {
				if d := squaredDistance(example, p.centers[i*p.width:(i+1)*p.width]); d < least {
					label, least = i, d
				}
			}
			p.labels[row], p.squared[row] = label, least
			size[part][label]++
			members := sum[part][label*p.width : (label+1)*p.width]
			for j, v := range example {
				members[j] += float64(v)
			}
		}
	})
	return sum.sum(), size.sum(), err
}

func (p *partition) row(i int) []float32 { return p.x[i*p.width : (i+1)*p.width] }

// refill moves an example into each empty cluster: the one farthest from its centre, of those that are not at their
// centre and not the last of their cluster. sums: [k, width], sizes: [k].
func (p *partition) refill(sums, sizes []float64) {
	for empty, size := range sizes {
		if size > 0 {
			continue
		}
		farthest := -1
		for i, d := range p.squared {
			if d > 0 && sizes[p.labels[i]] > 1 && (farthest < 0 || d > p.squared[farthest]) {
				farthest = i
			}
		}
		if farthest < 0 {
			return
		}
		from := p.labels[farthest]
		for j, v := range p.row(farthest) {
			sums[from*p.width+j] -= float64(v)
			sums[empty*p.width+j] = float64(v)
		}
		sizes[from]--
		sizes[empty] = 1
		p.squared[farthest] = 0 // It is at its centre now; the next step gives it its label.
	}
}

// move puts each centre at the mean of its cluster and returns the sum of the squares of the moves. That of an empty
// cluster stays. sums: [k, width], sizes: [k].
func (p *partition) move(sums, sizes []float64) float64 {
	moved := 0.0
	for i, size := range sizes {
		if size == 0 {
			continue
		}
		for j := i * p.width; j < (i+1)*p.width; j++ {
			mean := sums[j] / size
			moved += (mean - p.centers[j]) * (mean - p.centers[j])
			p.centers[j] = mean
		}
	}
	return moved
}

// meanVariance is the variance of each value of x, [n, width], with n degrees of freedom, averaged over the values.
func meanVariance(ctx context.Context, core turn.Core, x []float32, width int) (float64, error) {
	n := len(x) / width
	sums := newPerPart(width)
	err := eachBlock(ctx, core, n, func(part, from, to int) {
		for at := from * width; at < to*width; at += width {
			for j, v := range x[at : at+width] {
				sums[part][j] += float64(v)
			}
		}
	})
	if err != nil {
		return 0, err
	}
	mean := sums.sum()
	for j := range mean {
		mean[j] /= float64(n)
	}
	squares := newPerPart(1)
	err = eachBlock(ctx, core, n, func(part, from, to int) {
		for at := from * width; at < to*width; at += width {
			squares[part][0] += squaredDistance(x[at:at+width], mean)
		}
	})
	if err != nil {
		return 0, err
	}
	return squares.sum()[0] / float64(n) / float64(width), nil
}
