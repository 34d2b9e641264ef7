package judge

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/exercises/wire"
)

// pretraining are the judges of the lesson pretraining.
func pretraining() map[string]Judge {
	return map[string]Judge{
		"maskedloss": maskedLossJudge(), "hide": hideJudge(), "freeze": freezeJudge(), "fewlabels": fewLabelsJudge(),
	}
}

// maskedLossJudge is that of func Loss(x, y, m *Node) *Node.
func maskedLossJudge() Judge {
	// sums are, for each picture, Σ m · (x − y)², Σ (x − y)² and Σ m.
	sums := func(args []wire.Value) (masked, all, hidden []float64) {
		x, y, m := args[0].Rows(), args[1].Rows(), args[2].Rows()
		masked, all, hidden = make([]float64, len(x)), make([]float64, len(x)), make([]float64, len(x))
		for i := range x {
			for j := range x[i] {
				d := x[i][j] - y[i][j]
				masked[i] += m[i][j] * d * d
				all[i] += d * d
				hidden[i] += m[i][j]
			}
		}
		return masked, all, hidden
	}
	of := func(formula func(masked, all, hidden, size float64) float64) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			masked, all, hidden := sums(args)
			return []wire.Value{wire.Of(formula(total(masked), total(all), total(hidden), float64(args[0].Size())))}
		}
	}
	return Judge{
		Params: []string{"x", "y", "m"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "three of four pixels are hidden", Args: []wire.Value{
					wire.Tensor([]float32{0, 1, 1, 0}, 1, 4), wire.Tensor([]float32{0.25, 0.5, 1, 0.25}, 1, 4),
					wire.Tensor([]float32{0, 1, 1, 1}, 1, 4),
				}},
				{Name: "one pixel of the first and two of the second", Args: []wire.Value{
					wire.Tensor([]float32{0, 1, 0.5, 0, 0, 1}, 2, 3), wire.Tensor([]float32{0.5, 0.5, 1, 0.5, 0.25, 0}, 2, 3),
					wire.Tensor([]float32{1, 0, 0, 0, 1, 1}, 2, 3),
				}},
			}
			digits, err := data.MNISTTest()
			if err != nil {
				return nil, err
			}
			const n = 6
			x, y, masks := rows32(rng, digits, n), uniform[float32](rng, n*784), make([]float32, 0, n*784)
			for i := range n {
				hidden := randomBlocks(rng, 16)
				hidden[0], hidden[1], hidden[2] = true, i < 3, i < 3 // so that pictures differ in how much is hidden
				for pixel, v := range x[i] {
					if hidden[blockOf(pixel, 28, 7)] {
						masks = append(masks, 1)
						continue
					}
					masks = append(masks, 0)
					y[784*i+pixel] = v + 0.2*y[784*i+pixel] // What can be seen is easy to draw.
				}
			}
			return append(cases, Case{Name: "digits", Hidden: true, Args: []wire.Value{
				wire.Matrix(x), wire.Tensor(y, n, 784), wire.Tensor(masks, n, 784),
			}}), nil
		},
		Want: of(func(masked, _, hidden, _ float64) float64 { return masked / hidden }),
		Wrong: []Wrong{
			{Name: "allpixels", Compute: of(func(masked, _, _, size float64) float64 { return masked / size })},
			{Name: "visible", Compute: of(func(masked, all, hidden, size float64) float64 {
				return (all - masked) / (size - hidden)
			})},
			{Name: "divisor", Compute: of(func(masked, _, hidden, size float64) float64 { return masked / (size - hidden) })},
			{Name: "summed", Compute: of(func(masked, _, _, _ float64) float64 { return masked })},
			{Name: "nomask", Compute: of(func(_, all, hidden, _ float64) float64 { return all / hidden })},
			{Name: "perpicture", Compute: func(args []wire.Value) []wire.Value {
				masked, _, hidden := sums(args)
				mean := 0.0
				for i := range masked {
					mean += masked[i] / hidden[i] / float64(len(masked))
				}
				return []wire.Value{wire.Of(mean)}
			}},
		},
	}
}

func total(xs []float64) (sum float64) {
	for _, x := range xs {
		sum += x
	}
	return sum
}

// blockOf is the number of the block that a pixel lies in.
func blockOf(pixel, side, block int) int {
	row, column := pixel/side, pixel%side
	return row/block*(side/block) + column/block
}

// randomBlocks hides half of the blocks, each by chance.
func randomBlocks(rng *rand.Rand, n int) []bool {
	hidden := make([]bool, n)
	for i := range hidden {
		hidden[i] = rng.IntN(2) == 0
	}
	return hidden
}

// hideJudge is that of func Hide(x []float64, hidden []bool, side, block int) (seen, m []float64).
func hideJudge() Judge {
	of := func(isHidden func(hidden []bool, pixel, side, block int) bool) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			seen, m := slices.Clone(args[0].Floats()), make([]float64, args[0].Size())
			for i := range seen {
				if isHidden(args[1].Bools(), i, args[2].Int(), args[3].Int()) {
					seen[i], m[i] = 0, 1
				}
			}
			return []wire.Value{wire.List(seen), wire.List(m)}
		}
	}
	return Judge{
		Params: []string{"x", "hidden", "side", "block"}, Results: []string{"seen", "m"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{{Name: "four blocks of 2 × 2, one hidden", Args: []wire.Value{
				wire.List([]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}),
				wire.List([]bool{false, true, false, false}), wire.Of(4), wire.Of(2),
			}}, {Name: "nine blocks of one pixel", Args: []wire.Value{
				wire.List([]float64{1, 2, 3, 4, 5, 6, 7, 8, 9}),
				wire.List([]bool{true, false, false, false, false, true, false, false, false}), wire.Of(3), wire.Of(1),
			}}}
			digits, err := data.MNISTTest()
			if err != nil {
				return nil, err
			}
			for _, block := range []int{7, 4} {
				x := rows32(rng, digits, 1)
				cases = append(cases, Case{
					Name: fmt.Sprintf("a digit in blocks of %d × %d", block, block), Hidden: true,
					Args: []wire.Value{
						wire.List(wire.Matrix(x).Floats()), wire.List(randomBlocks(rng, 784/block/block)),
						wire.Of(28), wire.Of(block),
					},
				})
			}
			return cases, nil
		},
		Want: of(func(hidden []bool, pixel, side, block int) bool { return hidden[blockOf(pixel, side, block)] }),
		Wrong: []Wrong{
			{Name: "transposed", Compute: of(func(hidden []bool, pixel, side, block int) bool {
				return hidden[blockOf(pixel%side*side+pixel/side, side, block)]
			})},
			{Name: "strips", Compute: of(func(hidden []bool, pixel, _, block int) bool {
				return hidden[pixel/(block*block)]
			})},
			{Name: "inverted", Compute: of(func(hidden []bool, pixel, side, block int) bool {
				return !hidden[blockOf(pixel, side, block)]
			})},
		},
	}
}

// affine is x·W + b. W has a row for each value of x.
func affine(x []float64, weights [][]float64, biases []float64) []float64 {
	y := slices.Clone(biases)
	for i, v := range x {
		for j, w := range weights[i] {
			y[j] += v * w
		}
	}
	return y
}

// softmax are the probabilities that belong to scores.
func softmax(scores []float64) []float64 {
	largest, sum := slices.Max(scores), 0.0
	p := make([]float64, len(scores))
	for i, s := range scores {
		p[i] = math.Exp(s - largest)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}
