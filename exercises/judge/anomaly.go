package judge

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/exercises/wire"
)

// anomaly are the judges of the lesson anomaly.
func anomaly() map[string]Judge {
	return map[string]Judge{
		"reconstruction": reconstructionJudge(), "confusion": confusionJudge(), "quantile": quantileJudge(), "mad": madJudge(),
	}
}

// reconstructionJudge is that of func Errors(x, y *Node) *Node.
func reconstructionJudge() Judge {
	// each is the error of each row, divided by its length.
	each := func(x, y [][]float64) []float64 {
		errs := make([]float64, len(x))
		for i := range x {
			errs[i] = meanSquare(x[i], y[i])
		}
		return errs
	}
	of := func(f func(x, y [][]float64) wire.Value) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value { return []wire.Value{f(args[0].Rows(), args[1].Rows())} }
	}
	mapped := func(f func(e float64, pixels int) float64) func([]wire.Value) []wire.Value {
		return of(func(x, y [][]float64) wire.Value {
			errs := each(x, y)
			for i := range errs {
				errs[i] = f(errs[i], len(x[0]))
			}
			return wire.List(errs)
		})
	}
	return Judge{
		Params: []string{"x", "y"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "one example is redrawn badly", Args: []wire.Value{
					wire.Tensor([]float32{0, 1, 1, 0, 1, 0, 0, 1}, 2, 4), wire.Tensor([]float32{0, 1, 0.5, 0, 0, 1, 0, 1}, 2, 4),
				}},
				{Name: "a single example", Args: []wire.Value{
					wire.Tensor([]float32{0, 1, 0.5}, 1, 3), wire.Tensor([]float32{0.5, 1, 0}, 1, 3),
				}},
				{Name: "three examples", Args: []wire.Value{
					wire.Tensor([]float32{0, 1, 0.5, 0, 0, 1}, 3, 2), wire.Tensor([]float32{0, 0.5, 1, 0.5, 0, 1}, 3, 2),
				}},
			}
			known, err := digits(rng, 6)
			if err != nil {
				return nil, err
			}
			return append(cases, Case{Name: "digits", Hidden: true, Args: []wire.Value{
				known, wire.Tensor(uniform[float32](rng, 6*784), 6, 784),
			}}), nil
		},
		Want: mapped(func(e float64, _ int) float64 { return e }),
		Wrong: []Wrong{
			{Name: "loss", Compute: of(func(x, y [][]float64) wire.Value { return wire.Of(mean(each(x, y))) })},
			{Name: "pixels", Compute: of(func(x, y [][]float64) wire.Value {
				return wire.List(each(transposed(x), transposed(y)))
			})},
			{Name: "summed", Compute: mapped(func(e float64, pixels int) float64 { return e * float64(pixels) })},
			{Name: "kept", Compute: of(func(x, y [][]float64) wire.Value { return wire.Tensor(each(x, y), len(x), 1) })},
			{Name: "root", Compute: mapped(func(e float64, _ int) float64 { return math.Sqrt(e) })},
		},
	}
}

// meanSquare is the mean of the squared differences of x and y.
func meanSquare(x, y []float64) float64 {
	sum := 0.0
	for i := range x {
		sum += (x[i] - y[i]) * (x[i] - y[i])
	}
	return sum / float64(len(x))
}

// digitErrors are the errors of n digits of MNIST for an autoencoder that draws the mean of them all. With n/10 clothes
// among them, in random places, they are told which these are.
func digitErrors(rng *rand.Rand, n int) (errs []float64, clothes []bool, err error) {
	known, err := data.MNISTTest()
	if err != nil {
		return nil, nil, err
	}
	strange, err := data.FashionTest()
	if err != nil {
		return nil, nil, err
	}
	x := append(rows32(rng, known, n-n/10), rows32(rng, strange, n/10)...)
	all := transposed(wire.Matrix(x[:n-n/10]).Rows())
	picture := make([]float64, len(all))
	for p, pixel := range all {
		picture[p] = mean(pixel)
	}
	for _, i := range rng.Perm(n) {
		errs = append(errs, meanSquare(wire.Matrix(x[i:i+1]).Floats(), picture))
		clothes = append(clothes, i >= n-n/10)
	}
	return errs, clothes, nil
}

// confusionJudge is that of func Measure(errs []float64, anomaly []bool, t float64) (precision, recall float64).
func confusionJudge() Judge {
	// of counts the outcomes by a rule for what is flagged.
	type (
		rule   func(e, t float64) bool
		ratios func(tp, fp, fn, tn float64) (a, b float64)
	)
	of := func(flags rule, result ratios) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			var tp, fp, fn, tn float64
			anomaly := args[1].Bools()
			for i, e := range args[0].Floats() {
				switch flagged := flags(e, args[2].Float()); {
				case flagged && anomaly[i]:
					tp++
				case flagged:
					fp++
				case anomaly[i]:
					fn++
				default:
					tn++
				}
			}
			a, b := result(tp, fp, fn, tn)
			return []wire.Value{wire.Of(a), wire.Of(b)}
		}
	}
	precision := func(tp, fp float64) float64 { return tp / max(1, tp+fp) }
	right := func(tp, fp, fn, _ float64) (a, b float64) { return precision(tp, fp), tp / (tp + fn) }
	least := func(e, t float64) bool { return e >= t }
	return Judge{
		Params: []string{"errs", "anomaly", "t"}, Results: []string{"precision", "recall"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			few := wire.List([]float64{0.01, 0.05, 0.02, 0.04, 0.03})
			which := wire.List([]bool{false, true, true, false, true})
			cases := []Case{
				{Name: "an error is the threshold", Args: []wire.Value{few, which, wire.Of(0.04)}},
				{Name: "nothing is flagged", Args: []wire.Value{few, which, wire.Of(0.1)}},
				{Name: "all is flagged", Args: []wire.Value{few, which, wire.Of(0.01)}},
			}
			errs, clothes, err := digitErrors(rng, 100)
			if err != nil {
				return nil, err
			}
			sorted := slices.Sorted(slices.Values(errs))
			for range 2 {
				// Near the upper end, and just at an error.
				args := []wire.Value{wire.List(errs), wire.List(clothes), wire.Of(sorted[80+rng.IntN(15)])}
				cases = append(cases, Case{Name: "digits and clothes", Hidden: true, Args: args})
			}
			return cases, nil
		},
		Want: of(least, right),
		Wrong: []Wrong{
			{Name: "strict", Compute: of(func(e, t float64) bool { return e > t }, right)},
			{Name: "below", Compute: of(func(e, t float64) bool { return e < t }, right)},
			{Name: "swapped", Compute: of(least, func(tp, fp, fn, _ float64) (a, b float64) {
				return tp / (tp + fn), precision(tp, fp)
			})},
			{Name: "nothing", Compute: of(least, func(tp, fp, fn, _ float64) (a, b float64) {
				return tp / (tp + fp), tp / (tp + fn) // 0/0 where nothing is flagged
			})},
			{Name: "accuracy", Compute: of(least, func(tp, fp, fn, tn float64) (a, b float64) {
				return precision(tp, fp), (tp + tn) / (tp + fp + fn + tn)
			})},
			{Name: "kept", Compute: of(least, func(tp, fp, fn, tn float64) (a, b float64) {
				return precision(tp, fp), tp / (tp + fn + tn)
			})},
			{Name: "whole", Panic: "integer divide by zero", Compute: of(least, func(tp, fp, fn, _ float64) (a, b float64) {
				return math.Floor(precision(tp, fp)), math.Floor(tp / (tp + fn))
			})},
		},
	}
}
