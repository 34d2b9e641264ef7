package judge

import (
	"math/rand/v2"

	"github.com/aetutor/aetutor/exercises/wire"
)

// representations are the judges of the lesson representations.
func representations() map[string]Judge {
	return map[string]Judge{"scores": scoresJudge()}
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
			{Name: "shifted", Compute: each(func(x, w []float64) float64 {
				// The weight of the feature before, and the last one taken for the bias.
				sum := w[len(w)-1]
				for i, v := range x {
					sum += v * w[i]
				}
				return sum
			})},
		},
	}
}
