package judge

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/exercises/wire"
)

// representations are the judges of the lesson representations.
func representations() map[string]Judge {
	return map[string]Judge{
		"features": featuresJudge(), "standardize": standardizeJudge(), "scores": scoresJudge(),
	}
}

// ecg simulates some seconds of heartbeats, a third of them ectopic, as the lesson's lab has them.
func ecg(rng *rand.Rand) (*data.Series, error) {
	c := data.DefaultECG()
	c.Seconds, c.Ectopic, c.Seed = 20, 0.35, rng.Int64()
	return data.SimulateECG(context.Background(), c)
}

// featuresJudge is that of func Features(beat []float64) []float64, whose second result is the beat after the call.
func featuresJudge() Judge {
	of := func(median func(sorted, beat []float64) float64) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			beat := args[0].Floats()
			sorted := slices.Sorted(slices.Values(beat))
			features := []float64{sorted[0], sorted[len(sorted)-1], median(sorted, beat)}
			return []wire.Value{wire.List(features), args[0]}
		}
	}
	// middle is the median of a sorted list.
	middle := func(x []float64) float64 { return (x[len(x)/2] + x[(len(x)-1)/2]) / 2 }
	right := of(func(sorted, _ []float64) float64 { return middle(sorted) })
	return Judge{
		Params: []string{"beat"}, Results: []string{"features", "the beat after the call"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "five samples", Args: []wire.Value{wire.List([]float64{0.5, 1.25, -0.25, 0, 0.125})}},
				{Name: "one sample", Args: []wire.Value{wire.List([]float64{0.5})}},
				{Name: "four samples", Args: []wire.Value{wire.List([]float64{1, -0.5, 0, 0.25})}},
			}
			for _, samples := range []int{7, 8} {
				args := []wire.Value{wire.List(normal[float64](rng, samples))}
				cases = append(cases, Case{Name: "random samples", Hidden: true, Args: args})
			}
			series, err := ecg(rng)
			if err != nil {
				return nil, err
			}
			beats, err := data.CutBeats(series, series.RPeaks())
			if err != nil {
				return nil, err
			}
			beat := wire.Value{Shape: []int{beats.Width()}, Data: rows32(rng, beats, 1)[0]}
			return append(cases, Case{Name: "a beat", Hidden: true, Args: []wire.Value{wire.List(beat.Floats())}}), nil
		},
		Want: right,
		Wrong: []Wrong{
			{Name: "mean", Compute: of(func(sorted, _ []float64) float64 { return mean(sorted) })},
			{Name: "unsorted", Compute: of(func(_, beat []float64) float64 { return middle(beat) })},
			{Name: "unsorted", Compute: of(func(_, beat []float64) float64 { return beat[len(beat)/2] })},
			{Name: "upper", Compute: of(func(sorted, _ []float64) float64 { return sorted[len(sorted)/2] })},
			{Name: "inplace", Compute: func(args []wire.Value) []wire.Value {
				return []wire.Value{right(args)[0], wire.List(slices.Sorted(slices.Values(args[0].Floats())))}
			}},
		},
	}
}

// mean is the mean of at least one number.
func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// standardizeJudge is that of func Standardize(train, x [][]float64) [][]float64.
func standardizeJudge() Judge {
	// variance is the mean of the squared distances from a center.
	variance := func(x []float64, center float64) float64 {
		sum := 0.0
		for _, v := range x {
			sum += (v - center) * (v - center)
		}
		return sum / float64(len(x))
	}
	// each applies f to each value of x and the column of the examples in args[from] that it belongs to.
	each := func(from int, f func(v float64, column []float64) float64) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			var result [][]float64
			for _, row := range args[1].Rows() {
				standardized := make([]float64, len(row))
				for j, v := range row {
					var column []float64
					for _, other := range args[from].Rows() {
						column = append(column, other[j])
					}
					standardized[j] = f(v, column)
				}
				result = append(result, standardized)
			}
			return []wire.Value{wire.Matrix(result)}
		}
	}
	// scaled divides the variance by a number that depends on how many examples there are.
	scaled := func(divisor func(examples float64) float64) func(v float64, column []float64) float64 {
		return func(v float64, column []float64) float64 {
			std := math.Sqrt(variance(column, mean(column)) / divisor(float64(len(column))))
			return (v - mean(column)) / std
		}
	}
	right := scaled(func(float64) float64 { return 1 })
	return Judge{
		Params: []string{"train", "x"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "one feature", Args: []wire.Value{
					wire.Matrix([][]float64{{1}, {3}}), wire.Matrix([][]float64{{1}, {2}, {5}}),
				}},
				{Name: "two features", Args: []wire.Value{
					wire.Matrix([][]float64{{0, 10}, {2, 30}, {4, 50}}), wire.Matrix([][]float64{{2, 30}, {6, 20}}),
				}},
			}
			series, err := ecg(rng)
			if err != nil {
				return nil, err
			}
			beats, err := data.CutFeatures(series, series.RPeaks())
			if err != nil {
				return nil, err
			}
			half := beats.Len() / 2
			args := []wire.Value{varying(beats.Slice(0, half)), varying(beats.Slice(half, half+4))}
			return append(cases, Case{Name: "features of beats", Hidden: true, Args: args}), nil
		},
		Want: each(0, right),
		Wrong: []Wrong{
			{Name: "own", Compute: each(1, right)},
			{Name: "zero", Compute: each(0, func(v float64, column []float64) float64 {
				return (v - mean(column)) / math.Sqrt(variance(column, 0))
			})},
			{Name: "undivided", Compute: each(0, scaled(func(n float64) float64 { return 1 / n }))},
			{Name: "sample", Compute: each(0, scaled(func(n float64) float64 { return (n - 1) / n }))},
		},
	}
}

// varying are the features of beats without the peaks and the width, which may be the same in all beats.
func varying(beats *data.Dataset) wire.Value {
	rows := make([][]float64, beats.Len())
	row := make([]float32, beats.Width())
	for i := range rows {
		beats.Row(row, i)
		for _, j := range []int{0, 1, 2, 3, 4, 7} {
			rows[i] = append(rows[i], float64(row[j]))
		}
	}
	return wire.Matrix(rows)
}

// scoresJudge is that of func Scores(x []float64, weights [][]float64) []float64.
func scoresJudge() Judge {
	// score adds up the products of features and weights, the bias weights[0] first.
	score := func(x, weights []float64, bias float64) float64 {
		sum := bias
		for i, v := range x {
			sum += v * weights[i+1]
		}
		return sum
	}
	each := func(of func(x, weights []float64) float64) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			var scores []float64
			for _, w := range args[1].Rows() {
				scores = append(scores, of(args[0].Floats(), w))
			}
			return []wire.Value{wire.List(scores)}
		}
	}
	return Judge{
		Params: []string{"x", "weights"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "two features, two classes", Args: []wire.Value{
					wire.List([]float64{2, -1}), wire.Matrix([][]float64{{0.5, 1, 3}, {-1, 0, 2}}),
				}},
				{Name: "features of 0 leave the bias", Args: []wire.Value{
					wire.List([]float64{0, 0, 0}), wire.Matrix([][]float64{{0.25, 1, 2, 3}, {-4, 5, 6, 7}}),
				}},
			}
			for _, features := range []int{1, 8} {
				cases = append(cases, Case{Name: "random", Hidden: true, Args: []wire.Value{
					wire.List(normal[float64](rng, features)), wire.Tensor(normal[float64](rng, 3*(features+1)), 3, features+1),
				}})
			}
			return cases, nil
		},
		Want: each(func(x, w []float64) float64 { return score(x, w, w[0]) }),
		Wrong: []Wrong{
			{Name: "nobias", Compute: each(func(x, w []float64) float64 { return score(x, w, 0) })},
			// The weight of the feature before, with the bias added or in place of the last weight.
			{Name: "shifted", Compute: each(func(x, w []float64) float64 { return score(x, append([]float64{0}, w...), w[0]) })},
			{Name: "shifted", Compute: each(func(x, w []float64) float64 {
				return score(x, append([]float64{0}, w...), w[len(w)-1])
			})},
		},
	}
}
