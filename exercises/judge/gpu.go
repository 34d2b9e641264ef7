package judge

import (
	"math/rand/v2"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/exercises/wire"
)

// gpu are the judges of the lesson gpu.
func gpu() map[string]Judge {
	return map[string]Judge{
		"flops": flopsJudge(), "product": productJudge(), "batch": batchJudge(), "loops": loopsJudge(),
	}
}

// flopsJudge is that of func Speed(n int, seconds float64) float64.
func flopsJudge() Judge {
	of := func(speed func(n, seconds float64) float64) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			return []wire.Value{wire.Of(speed(args[0].Float(), args[1].Float()))}
		}
	}
	return Judge{
		Params: []string{"n", "seconds"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "512 × 512 in a tenth of a second", Args: []wire.Value{wire.Of(512), wire.Of(0.1)}},
				{Name: "4 × 4 in two microseconds", Args: []wire.Value{wire.Of(4), wire.Of(2e-6)}},
			}
			for range 3 {
				cases = append(cases, Case{Name: "random", Hidden: true, Args: []wire.Value{
					wire.Of(3 + rng.IntN(5000)), wire.Of(1e-4 + rng.Float64()),
				}})
			}
			return cases, nil
		},
		Want:      of(func(n, seconds float64) float64 { return 2 * n * n * n / seconds / 1e9 }),
		Tolerance: Tolerance{Relative: 1e-6}, // An absolute one would let all slow machines pass.
		Wrong: []Wrong{
			{Name: "multiplications", Compute: of(func(n, seconds float64) float64 { return n * n * n / seconds / 1e9 })},
			{Name: "onevalue", Compute: of(func(n, seconds float64) float64 { return 2 * n / seconds / 1e9 })},
			{Name: "square", Compute: of(func(n, seconds float64) float64 { return 2 * n * n / seconds / 1e9 })},
			{Name: "flop", Compute: of(func(n, seconds float64) float64 { return 2 * n * n * n / seconds })},
			{Name: "mega", Compute: of(func(n, seconds float64) float64 { return 2 * n * n * n / seconds / 1e6 })},
		},
	}
}

// What GoMLX says to shapes that do not fit.
const (
	panicOfDot = "contracting dimensions do not match"
	panicOfMul = "BinaryOp (Mul)"
)

// cancelling is the tolerance for products of matrices, whose terms of both signs cancel and leave small sums.
func cancelling() Tolerance { return Tolerance{Absolute: 1e-4, Relative: 1e-4} }

// dot is the matrix product a·b, or nil where the shapes do not fit.
func dot(a, b [][]float64) [][]float64 {
	if len(a[0]) != len(b) {
		return nil
	}
	c := make([][]float64, len(a))
	for i := range a {
		c[i] = make([]float64, len(b[0]))
		for k, v := range a[i] {
			for j := range b[k] {
				c[i][j] += v * b[k][j]
			}
		}
	}
	return c
}

// transposed swaps rows and columns.
func transposed(a [][]float64) [][]float64 {
	t := make([][]float64, len(a[0]))
	for j := range t {
		for i := range a {
			t[j] = append(t[j], a[i][j])
		}
	}
	return t
}

// elementwise is the product value by value, or nil for matrices of two shapes.
func elementwise(a, b [][]float64) [][]float64 {
	if len(a) != len(b) || len(a[0]) != len(b[0]) {
		return nil
	}
	c := make([][]float64, len(a))
	for i := range a {
		for j := range a[i] {
			c[i] = append(c[i], a[i][j]*b[i][j])
		}
	}
	return c
}

// matrices makes a result of what f computes from the arguments, or nil where that is nil.
func matrices(f func(m [][][]float64) [][]float64) func([]wire.Value) []wire.Value {
	return func(args []wire.Value) []wire.Value {
		all := make([][][]float64, len(args))
		for i, v := range args {
			all[i] = v.Rows()
		}
		if result := f(all); result != nil {
			return []wire.Value{wire.Matrix(result)}
		}
		return nil
	}
}

// digits draws n pictures of MNIST, [n, 784].
func digits(rng *rand.Rand, n int) (wire.Value, error) {
	set, err := data.MNISTTest()
	if err != nil {
		return wire.Value{}, err
	}
	return wire.Matrix(rows32(rng, set, n)), nil
}

// productJudge is that of func Values(x, first, second *Node) *Node.
func productJudge() Judge {
	return Judge{
		Params: []string{"x", "first", "second"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "square matrices", Args: []wire.Value{
					wire.Tensor([]float32{1, 2, 3, 4}, 2, 2), wire.Tensor([]float32{0, 1, 2, 1}, 2, 2),
					wire.Tensor([]float32{3, 1, -1, 2}, 2, 2),
				}},
				{Name: "two examples, three values in between", Args: []wire.Value{
					wire.Tensor([]float32{1, 2, 0, -1}, 2, 2), wire.Tensor([]float32{1, 0, 2, 0, 1, 3}, 2, 3),
					wire.Tensor([]float32{1, -1, 2, 0, 1, 1}, 3, 2),
				}},
			}
			x, err := digits(rng, 8)
			if err != nil {
				return nil, err
			}
			return append(cases, Case{Name: "digits", Hidden: true, Args: []wire.Value{
				x, wire.Tensor(normal[float32](rng, 784*16), 784, 16), wire.Tensor(normal[float32](rng, 16*5), 16, 5),
			}}), nil
		},
		Want:      matrices(func(m [][][]float64) [][]float64 { return dot(dot(m[0], m[1]), m[2]) }),
		Tolerance: cancelling(),
		Wrong: []Wrong{
			{Name: "onlyfirst", Compute: matrices(func(m [][][]float64) [][]float64 { return dot(m[0], m[1]) })},
			{Name: "swapped", Panic: panicOfDot, Compute: matrices(func(m [][][]float64) [][]float64 {
				return dot(m[2], dot(m[0], m[1]))
			})},
			{Name: "elementwise", Panic: panicOfMul, Compute: matrices(func(m [][][]float64) [][]float64 {
				return elementwise(dot(m[0], m[1]), m[2])
			})},
		},
	}
}

// batchJudge is that of func Scores(x, weights *Node) *Node.
func batchJudge() Judge {
	return Judge{
		Params: []string{"x", "weights"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "two examples, two features, two classes", Args: []wire.Value{
					wire.Tensor([]float32{1, 2, 3, 4}, 2, 2), wire.Tensor([]float32{1, 0, 2, -1}, 2, 2),
				}},
				{Name: "two examples, three features, four classes", Args: []wire.Value{
					wire.Tensor([]float32{1, 0.5, -1, 2, 0, 1}, 2, 3),
					wire.Tensor([]float32{2, 0, 1, 1, 1, 1, 0, 0, 1, -1, 2, 0}, 4, 3),
				}},
			}
			x, err := digits(rng, 16)
			if err != nil {
				return nil, err
			}
			return append(cases, Case{Name: "digits", Hidden: true, Args: []wire.Value{
				x, wire.Tensor(normal[float32](rng, 10*784), 10, 784),
			}}), nil
		},
		Want:      matrices(func(m [][][]float64) [][]float64 { return dot(m[0], transposed(m[1])) }),
		Tolerance: cancelling(),
		Wrong: []Wrong{
			{Name: "untransposed", Panic: panicOfDot, Compute: matrices(func(m [][][]float64) [][]float64 {
				return dot(m[0], m[1])
			})},
			{Name: "turned", Compute: matrices(func(m [][][]float64) [][]float64 { return dot(m[1], transposed(m[0])) })},
			{Name: "elementwise", Panic: panicOfMul, Compute: matrices(func(m [][][]float64) [][]float64 {
				return elementwise(m[0], m[1])
			})},
		},
	}
}

// loopsJudge is that of func Product(a, b []float32, n int) []float32.
func loopsJudge() Judge {
	of := func(f func(a, b [][]float64, n int) [][]float64) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			n := args[2].Int()
			square := func(v wire.Value) [][]float64 { return wire.Value{Shape: []int{n, n}, Data: v.Data}.Rows() }
			return []wire.Value{wire.List(wire.Matrix(f(square(args[0]), square(args[1]), n)).Floats())}
		}
	}
	return Judge{
		Params: []string{"a", "b", "n"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{{Name: "2 × 2", Args: []wire.Value{
				wire.List([]float32{1, 2, 3, 4}), wire.List([]float32{0, 1, -1, 2}), wire.Of(2),
			}}}
			for _, n := range []int{3, 30} {
				cases = append(cases, Case{Name: "random", Hidden: true, Args: []wire.Value{
					wire.List(normal[float32](rng, n*n)), wire.List(normal[float32](rng, n*n)), wire.Of(n),
				}})
			}
			return cases, nil
		},
		Want:      of(func(a, b [][]float64, _ int) [][]float64 { return dot(a, b) }),
		Tolerance: cancelling(),
		Wrong: []Wrong{
			{Name: "assigned", Compute: of(func(a, b [][]float64, n int) [][]float64 {
				// Only the last column of a, times the last row of b.
				column := make([][]float64, n)
				for i := range a {
					column[i] = a[i][n-1:]
				}
				return dot(column, b[n-1:])
			})},
			{Name: "columns", Compute: of(func(a, b [][]float64, _ int) [][]float64 { return dot(a, transposed(b)) })},
			{Name: "turned", Compute: of(func(a, b [][]float64, _ int) [][]float64 { return dot(transposed(a), b) })},
		},
	}
}
