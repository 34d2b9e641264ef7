package judge

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/aetutor/aetutor/exercises/wire"
)

// parametersJudge is that of func Count(units []int, code int) (parameters int, compression float64).
func parametersJudge() Judge {
	of := func(layer func(in, n int) int, compression func(in, code int) float64) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			units, code := args[0].Ints(), args[1].Int()
			sum := 0
			for i, n := range units[1:] {
				sum += layer(units[i], n)
			}
			return []wire.Value{wire.Of(sum), wire.Of(compression(units[0], units[code]))}
		}
	}
	count := func(in, n int) int { return in*n + n }
	ratio := func(in, code int) float64 { return float64(in) / float64(code) }
	return Judge{
		Params: []string{"units", "code"}, Results: []string{"parameters", "compression"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "a code of 2 between 5 and 5", Args: []wire.Value{wire.List([]int{5, 2, 5}), wire.Of(1)}},
				{Name: "the lesson's stack", Args: []wire.Value{
					wire.List([]int{784, 256, 64, 16, 64, 256, 784}), wire.Of(3),
				}},
			}
			for range 2 {
				// An odd input is no multiple of the code.
				in, hidden, code := 201+2*rng.IntN(200), 50+rng.IntN(50), 2*(1+rng.IntN(20))
				cases = append(cases, Case{Name: "random", Hidden: true, Args: []wire.Value{
					wire.List([]int{in, hidden, code, in}), wire.Of(2),
				}})
			}
			// Where as many values come out as go in, a bias for each that goes into a layer makes the same sum.
			uneven := []int{101 + 2*rng.IntN(50), 40 + rng.IntN(50), 30, 2 * (1 + rng.IntN(10)), 300 + rng.IntN(200)}
			return append(cases, Case{Name: "a larger output, and a code not in the middle", Hidden: true, Args: []wire.Value{
				wire.List(uneven), wire.Of(3),
			}}), nil
		},
		Want:      of(count, ratio),
		Tolerance: Tolerance{Relative: 1e-7}, // A single parameter too many is one too many.
		Wrong: []Wrong{
			{Name: "nobias", Compute: of(func(in, n int) int { return in * n }, ratio)},
			{Name: "onebias", Compute: of(func(in, n int) int { return in*n + 1 }, ratio)},
			{Name: "inputs", Compute: of(func(in, n int) int { return in*n + in }, ratio)},
			{Name: "index", Compute: func(args []wire.Value) []wire.Value {
				right := of(count, ratio)(args)
				return []wire.Value{right[0], wire.Of(args[0].Floats()[0] / args[1].Float())}
			}},
			{Name: "whole", Compute: of(count, func(in, code int) float64 { return float64(in / code) })},
			{Name: "inverse", Compute: of(count, func(in, code int) float64 { return float64(code) / float64(in) })},
		},
	}
}

// Activations, value by value.
func linear(x float64) float64  { return x }
func relu(x float64) float64    { return max(0, x) }
func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// dense is a dense layer, x·W + b, and an activation.
func dense(x, w [][]float64, b []float64, activation func(float64) float64) [][]float64 {
	h := dot(x, w)
	for i := range h {
		for j := range h[i] {
			h[i][j] = activation(h[i][j] + b[j])
		}
	}
	return h
}

// layersJudge is that of the encoder and the decoder. Their arguments are the input, the units of both layers, and the
// weights and biases that these start from, all of different shapes.
func layersJudge(params []string, cases func(rng *rand.Rand) ([]Case, error), first, second func(float64) float64) Judge {
	return Judge{Params: append(params, "W1", "b1", "W2", "b2"), Cases: cases, Want: twoLayers(first, second)}
}

// twoLayers computes two layers with the activations first and second.
func twoLayers(first, second func(float64) float64) func([]wire.Value) []wire.Value {
	return func(args []wire.Value) []wire.Value {
		h := dense(args[0].Rows(), args[3].Rows(), args[4].Floats(), first)
		return []wire.Value{wire.Matrix(dense(h, args[5].Rows(), args[6].Floats(), second))}
	}
}

// layers are the arguments of a case: x, and random parameters for layers of units and n outputs. They are about as large
// as those of a trained network, so that activations differ.
func layers(rng *rand.Rand, x wire.Value, units, n int) []wire.Value {
	in := x.Shape[1]
	scaled := func(size, in int) []float32 {
		all := normal[float32](rng, size)
		for i := range all {
			all[i] *= float32(2 / math.Sqrt(float64(in)))
		}
		return all
	}
	return []wire.Value{
		x, wire.Of(units), wire.Of(n), wire.Tensor(scaled(in*units, in), in, units), wire.List(normal[float32](rng, units)),
		wire.Tensor(scaled(units*n, units), units, n), wire.List(normal[float32](rng, n)),
	}
}

// sameScope is the mistake of two layers in one scope.
func sameScope() Wrong { return Wrong{Name: "samescope", Panic: "already visited"} }

// oneLayer is the mistake of a layer from the input to as many values as the second one has.
func oneLayer() Wrong {
	return Wrong{Name: "onelayer", PanicOf: func(args []wire.Value) string {
		return fmt.Sprintf("a layer has parameters of shape %v;", []int{args[0].Shape[1], args[2].Int()})
	}}
}

// encoderJudge is that of func Encode(s *model.Scope, x *Node, units, code int) *Node.
func encoderJudge() Judge {
	cases := func(rng *rand.Rand) ([]Case, error) {
		visible := []wire.Value{
			wire.Tensor([]float32{1, 0, 0.5, 0, 0, 1, 1, 0.5}, 2, 4), wire.Of(3), wire.Of(2),
			wire.Tensor([]float32{1, 0, -1, 0, 1, 0, 2, 0, 0, -1, 0, 1}, 4, 3), wire.List([]float32{0, 0.5, 0.25}),
			wire.Tensor([]float32{1, -1, 2, 0, 0, -2}, 3, 2), wire.List([]float32{-1, 0.5}),
		}
		x, err := digits(rng, 6)
		if err != nil {
			return nil, err
		}
		return []Case{
			{Name: "two pictures of four pixels", Args: visible},
			{Name: "digits", Hidden: true, Args: layers(rng, x, 24, 6)},
		}, nil
	}
	j := layersJudge([]string{"x", "units", "code"}, cases, relu, linear)
	j.Wrong = []Wrong{
		{Name: "relu", Compute: twoLayers(relu, relu)},
		{Name: "sigmoid", Compute: twoLayers(relu, sigmoid)},
		sameScope(),
		{Name: "nobias", Compute: func(args []wire.Value) []wire.Value {
			h := dense(args[0].Rows(), args[3].Rows(), args[4].Floats(), relu)
			return []wire.Value{wire.Matrix(dot(h, args[5].Rows()))}
		}},
		oneLayer(),
	}
	return j
}

// decoderJudge is that of func Decode(s *model.Scope, z *Node, units, pixels int) *Node.
func decoderJudge() Judge {
	cases := func(rng *rand.Rand) ([]Case, error) {
		visible := []wire.Value{
			wire.Tensor([]float32{1, -1, 0, 2}, 2, 2), wire.Of(3), wire.Of(4),
			wire.Tensor([]float32{1, 0, -1, 0, 1, 1}, 2, 3), wire.List([]float32{0, 0.5, 0.25}),
			wire.Tensor([]float32{1, -1, 2, 0, 0, -2, 1, 1, 0, 0, -1, 3}, 3, 4), wire.List([]float32{0, 0.5, -1, 1}),
		}
		z := wire.Tensor(normal[float32](rng, 6*5), 6, 5)
		return []Case{
			{Name: "two pictures of four pixels", Args: visible},
			{Name: "digits", Hidden: true, Args: layers(rng, z, 24, 784)},
		}, nil
	}
	j := layersJudge([]string{"z", "units", "pixels"}, cases, relu, sigmoid)
	j.Wrong = []Wrong{
		{Name: "nosigmoid", Compute: twoLayers(relu, linear)},
		{Name: "relu", Compute: twoLayers(relu, relu)},
		{Name: "both", Compute: twoLayers(relu, func(x float64) float64 { return sigmoid(relu(x)) })},
		{Name: "linear", Compute: twoLayers(linear, sigmoid)},
		{Name: "twice", Compute: twoLayers(sigmoid, sigmoid)},
		sameScope(),
		oneLayer(),
	}
	return j
}
