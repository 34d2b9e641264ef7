package judge

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/aetutor/aetutor/exercises/wire"
)

// thresholdCases are the visible cases and others with the errors of an odd number of digits and clothes. parameters are
// what the hidden cases have beside the errors.
func thresholdCases(rng *rand.Rand, visible []Case, parameters ...float64) ([]Case, error) {
	for _, p := range parameters {
		errs, _, err := digitErrors(rng, 51+2*rng.IntN(30))
		if err != nil {
			return nil, err
		}
		visible = append(visible, Case{Name: "digits", Hidden: true, Args: []wire.Value{wire.List(errs), wire.Of(p)}})
	}
	return visible, nil
}

// quantileJudge is that of func Quantile(errs []float64, q float64) float64, whose second result are the errors after the
// call. There are several definitions of a quantile between two errors; all that lie between these are right.
func quantileJudge() Judge {
	results := []string{"the threshold", "errs after the call"}
	// place is the error at the place q·(n − 1) of a list, rounded in one way.
	place := func(x []float64, q float64, round func(float64) float64) float64 {
		return x[int(round(q*float64(len(x)-1)))]
	}
	of := func(f func(errs, sorted []float64, q float64) float64) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			errs := args[0].Floats()
			return []wire.Value{wire.Of(f(errs, slices.Sorted(slices.Values(errs)), args[1].Float())), args[0]}
		}
	}
	return Judge{
		Params: []string{"errs", "q"}, Results: results,
		Cases: func(rng *rand.Rand) ([]Case, error) {
			few := wire.List([]float64{0.05, 0.01, 0.02, 0.04, 0.03})
			return thresholdCases(rng, []Case{
				{Name: "three of four others are smaller", Args: []wire.Value{few, wire.Of(0.75)}},
				{Name: "all others are smaller", Args: []wire.Value{few, wire.Of(1.0)}},
				{Name: "no other is smaller", Args: []wire.Value{few, wire.Of(0.0)}},
			}, 0.9+0.1*rng.Float64(), 0.2+0.2*rng.Float64())
		},
		Verify: func(args, got []wire.Value) Finding {
			sorted := slices.Sorted(slices.Values(args[0].Floats()))
			want, high := place(sorted, args[1].Float(), math.Floor), place(sorted, args[1].Float(), math.Ceil)
			expected := numberText(want)
			if want != high {
				expected += " to " + numberText(high)
			}
			if len(got) > 0 && got[0].Size() == 1 && got[0].Type() == "float64" {
				if x := got[0].Float(); x > want {
					want = min(x, high)
				}
			}
			problem := DefaultTolerance().compare(results, []wire.Value{wire.Of(want), args[0]}, got)
			return Finding{Problem: problem, Want: "the threshold " + expected + ", and errs as they were"}
		},
		Wrong: []Wrong{
			{Name: "unsorted", Compute: of(func(errs, _ []float64, q float64) float64 { return place(errs, q, math.Floor) })},
			{Name: "inplace", Compute: func(args []wire.Value) []wire.Value {
				sorted := slices.Sorted(slices.Values(args[0].Floats()))
				return []wire.Value{wire.Of(place(sorted, args[1].Float(), math.Floor)), wire.List(sorted)}
			}},
			{Name: "flipped", Compute: of(func(_, sorted []float64, q float64) float64 { return place(sorted, 1-q, math.Floor) })},
			{Name: "pastend", PanicOf: func(args []wire.Value) string {
				return fmt.Sprintf("index out of range [%d]", args[0].Size())
			}},
			{Name: "range", Compute: of(func(_, sorted []float64, q float64) float64 {
				low, high := sorted[0], sorted[len(sorted)-1]
				return low + q*(high-low)
			})},
		},
	}
}

// madJudge is that of func Threshold(errs []float64, k float64) float64.
func madJudge() Judge {
	const toDeviation = 1.4826
	middle := func(x []float64) float64 { return slices.Sorted(slices.Values(x))[len(x)/2] }
	distances := func(x []float64, center float64) []float64 {
		all := make([]float64, len(x))
		for i, v := range x {
			all[i] = math.Abs(v - center)
		}
		return all
	}
	of := func(f func(errs []float64, k float64) float64) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			return []wire.Value{wire.Of(f(args[0].Floats(), args[1].Float()))}
		}
	}
	return Judge{
		Params: []string{"errs", "k"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			return thresholdCases(rng, []Case{
				{Name: "an anomaly among five", Args: []wire.Value{wire.List([]float64{0.03, 0.01, 0.9, 0.02, 0.05}), wire.Of(2.0)}},
				{Name: "three errors", Args: []wire.Value{wire.List([]float64{0.2, 0.1, 0.4}), wire.Of(3.0)}},
			}, 2.5, 1+rng.Float64())
		},
		Want: of(func(errs []float64, k float64) float64 {
			m := middle(errs)
			return m + k*toDeviation*middle(distances(errs, m))
		}),
		Wrong: []Wrong{
			{Name: "unscaled", Compute: of(func(errs []float64, k float64) float64 {
				m := middle(errs)
				return m + k*middle(distances(errs, m))
			})},
			{Name: "signed", Compute: of(func(errs []float64, _ float64) float64 { return middle(errs) })},
			{Name: "fromzero", Compute: of(func(errs []float64, k float64) float64 {
				return middle(errs) + k*toDeviation*middle(distances(errs, 0))
			})},
			{Name: "mean", Compute: of(func(errs []float64, k float64) float64 {
				m := middle(errs)
				return m + k*toDeviation*mean(distances(errs, m))
			})},
			{Name: "std", Compute: of(func(errs []float64, k float64) float64 {
				center, sum := mean(errs), 0.0
				for _, e := range errs {
					sum += (e - center) * (e - center)
				}
				return center + k*math.Sqrt(sum/float64(len(errs)))
			})},
		},
	}
}
