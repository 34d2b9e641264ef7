package judge

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/exercises/wire"
)

// denoising are the judges of the lesson denoising.
func denoising() map[string]Judge {
	return map[string]Judge{
		"target": targetJudge(), "gain": gainJudge(), "noise": noiseJudge(), "medianfilter": medianFilterJudge(),
		"blocks": blocksJudge(),
	}
}

// withNoise are values with Gaussian noise, clipped to 0 … 1.
func withNoise(rng *rand.Rand, x []float32, std float64) []float32 {
	n := normal[float32](rng, len(x))
	for i := range n {
		n[i] = min(max(x[i]+float32(std)*n[i], 0), 1)
	}
	return n
}

// squaredError is the mean squared error of two values of one shape.
func squaredError(a, b wire.Value) float64 { return meanSquare(a.Floats(), b.Floats()) }

// targetJudge is that of func Loss(net func(pictures *Node) *Node, x, n *Node) *Node. The network is made of two
// matrices and a sigmoid.
func targetJudge() Judge {
	net := func(pictures, encoder, decoder wire.Value) wire.Value {
		y := make([][]float64, pictures.Shape[0])
		for i, row := range pictures.Rows() {
			y[i] = make([]float64, len(row))
			code := make([]float64, encoder.Shape[1])
			for j, w := range encoder.Rows() {
				for k := range code {
					code[k] += row[j] * w[k]
				}
			}
			for k, w := range decoder.Rows() {
				for j := range w {
					y[i][j] += code[k] * w[j]
				}
			}
			for j, h := range y[i] {
				y[i][j] = 1 / (1 + math.Exp(-h))
			}
		}
		return wire.Matrix(y)
	}
	// each is a loss of what the network makes of input, an index of args, against target, another.
	each := func(input, target int) func(args []wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			return []wire.Value{wire.Of(squaredError(net(args[input], args[2], args[3]), args[target]))}
		}
	}
	const clean, noisy = 0, 1
	summed := func(over func(x wire.Value) int) func(args []wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			return []wire.Value{wire.Of(each(noisy, clean)(args)[0].Float() * float64(over(args[clean])))}
		}
	}
	return Judge{
		Params: []string{"x", "n", "weights of the encoder", "weights of the decoder"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "one picture of three pixels", Args: []wire.Value{
					wire.Matrix([][]float32{{0, 1, 0}}), wire.Matrix([][]float32{{0.5, 1, 0}}),
					wire.Matrix([][]float32{{2}, {1}, {-1}}), wire.Matrix([][]float32{{1, 2, 0}}),
				}},
			}
			digits, err := data.MNISTTest()
			if err != nil {
				return nil, err
			}
			for _, std := range []float64{0.3, 0.5} {
				x := wire.Matrix(rows32(rng, digits, 6))
				encoder, decoder := normal[float32](rng, 784*8), normal[float32](rng, 8*784)
				for i := range encoder {
					encoder[i] /= 8
				}
				cases = append(cases, Case{Name: "digits", Hidden: true, Args: []wire.Value{
					x, wire.Tensor(withNoise(rng, x.Floats32(), std), 6, 784),
					wire.Tensor(encoder, 784, 8), wire.Tensor(decoder, 8, 784),
				}})
			}
			return cases, nil
		},
		Want: each(noisy, clean),
		Wrong: []Wrong{
			{Name: "plain", Compute: each(clean, clean)},
			{Name: "noisytarget", Compute: each(noisy, noisy)},
			{Name: "swapped", Compute: each(clean, noisy)},
			{Name: "nonetwork", Compute: func(args []wire.Value) []wire.Value {
				return []wire.Value{wire.Of(squaredError(args[clean], args[noisy]))}
			}},
			{Name: "summed", Compute: summed(func(x wire.Value) int { return x.Size() })},
			{Name: "summed", Compute: summed(func(x wire.Value) int { return x.Shape[1] })}, // over the pixels alone
		},
	}
}

// gainJudge is that of func Gain(x, n, y *Node) *Node.
func gainJudge() Judge {
	each := func(of func(before, after float64) float64) func(args []wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			return []wire.Value{wire.Of(of(squaredError(args[0], args[1]), squaredError(args[0], args[2])))}
		}
	}
	decibel := func(before, after float64) float64 { return 10 * math.Log10(before/after) }
	times := func(factor float64) func([]wire.Value) []wire.Value {
		return each(func(before, after float64) float64 { return factor * decibel(before, after) })
	}
	return Judge{
		Params: []string{"x", "n", "y"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			x, n := wire.Matrix([][]float32{{0, 1, 0, 1}}), wire.Matrix([][]float32{{0.5, 1, 0, 0.5}})
			cases := []Case{
				{Name: "a quarter of the error", Args: []wire.Value{x, n, wire.Matrix([][]float32{{0.25, 1, 0, 0.75}})}},
				{Name: "made worse", Args: []wire.Value{x, n, wire.Matrix([][]float32{{1, 0.5, 0.5, 0}})}},
			}
			digits, err := data.MNISTTest()
			if err != nil {
				return nil, err
			}
			for range 2 {
				clean := slices.Concat(rows32(rng, digits, 4)...)
				cases = append(cases, Case{Name: "digits", Hidden: true, Args: []wire.Value{
					wire.Tensor(clean, 4, 784), wire.Tensor(withNoise(rng, clean, 0.4), 4, 784),
					wire.Tensor(withNoise(rng, clean, 0.1+0.1*rng.Float64()), 4, 784),
				}})
			}
			return cases, nil
		},
		Want:      times(1),
		Tolerance: Tolerance{Absolute: 1e-3, Relative: 1e-4}, // nobody hears a thousandth of a decibel
		Wrong: []Wrong{
			{Name: "error", Compute: each(func(before, after float64) float64 { return after - before })},
			{Name: "natural", Compute: times(math.Ln10)},
			{Name: "natural", Compute: times(math.Ln10 / 10)}, // without the factor too
			{Name: "bel", Compute: times(0.1)},
			{Name: "sign", Compute: times(-1)},
			{Name: "twice", Compute: times(2)},
		},
	}
}

// blocksJudge is that of func Mask(picture []float64, side, block int, hidden []bool) []float64. The second result is
// the picture as the call left it.
func blocksJudge() Judge {
	// each is 0 where hides says so of a pixel.
	each := func(hides func(i, side, block int, hidden []bool) bool) func(args []wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			masked := slices.Clone(args[0].Floats())
			for i := range masked {
				if hides(i, args[1].Int(), args[2].Int(), args[3].Bools()) {
					masked[i] = 0
				}
			}
			return []wire.Value{wire.List(masked), args[0]}
		}
	}
	want := func(i, side, block int, hidden []bool) bool {
		return hidden[i/side/block*(side/block)+i%side/block]
	}
	return Judge{
		Params:  []string{"picture", "side", "block", "hidden"},
		Results: []string{"the masked picture", "the given picture afterwards"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "four blocks of four pixels", Args: []wire.Value{
					wire.List([]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}), wire.Of(4), wire.Of(2),
					wire.List([]bool{false, true, false, false}),
				}},
				{Name: "blocks of one pixel", Args: []wire.Value{
					wire.List([]float64{1, 2, 3, 4}), wire.Of(2), wire.Of(1), wire.List([]bool{true, false, false, true}),
				}},
			}
			// hide draws about a third of the blocks, always the second, and never the first of the second row.
			hide := func(inRow int) []bool {
				hidden := make([]bool, inRow*inRow)
				for b := range hidden {
					hidden[b] = rng.IntN(3) == 0
				}
				hidden[1], hidden[inRow] = true, false
				return hidden
			}
			digits, err := data.MNISTTest()
			if err != nil {
				return nil, err
			}
			digit := wire.List(rows32(rng, digits, 1)[0])
			return append(cases,
				Case{Name: "grey pixels", Hidden: true, Args: []wire.Value{
					wire.List(uniform[float64](rng, 12*12)), wire.Of(12), wire.Of(3), wire.List(hide(4)),
				}},
				Case{Name: "a digit", Hidden: true, Args: []wire.Value{
					wire.List(digit.Floats()), wire.Of(28), wire.Of(4), wire.List(hide(7)),
				}}), nil
		},
		Want: each(want),
		Wrong: []Wrong{
			{Name: "inverse", Compute: each(func(i, side, block int, hidden []bool) bool {
				return !want(i, side, block, hidden)
			})},
			{Name: "columns", Compute: each(func(i, side, block int, hidden []bool) bool {
				return hidden[i%side/block*(side/block)+i/side/block]
			})},
			{Name: "pieces", Compute: each(func(i, _, block int, hidden []bool) bool { return hidden[i/(block*block)] })},
			{Name: "single", Compute: each(func(i, side, block int, hidden []bool) bool {
				return i/side%block == 0 && i%side%block == 0 && want(i, side, block, hidden)
			})},
			{Name: "inplace", Compute: func(args []wire.Value) []wire.Value {
				masked := each(want)(args)[0]
				return []wire.Value{masked, masked}
			}},
		},
	}
}
