package judge

import (
	"math"
	"math/rand/v2"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/exercises/wire"
)

// autoencoder are the judges of the lesson autoencoder.
func autoencoder() map[string]Judge {
	return map[string]Judge{
		"parameters": parametersJudge(), "encoder": encoderJudge(), "decoder": decoderJudge(), "loss": lossJudge(),
		"stopping": stoppingJudge(), "training": trainingJudge(),
	}
}

// lossJudge is that of func Loss(x, reconstruction *Node) *Node.
func lossJudge() Judge {
	// sum adds what measure makes of the differences.
	sum := func(args []wire.Value, measure func(difference float64) float64) (total float64) {
		x, y := args[0].Floats(), args[1].Floats()
		for i := range x {
			total += measure(x[i] - y[i])
		}
		return total
	}
	square := func(d float64) float64 { return d * d }
	size := func(args []wire.Value) float64 { return float64(args[0].Size()) }
	scalar := func(x float64) []wire.Value { return []wire.Value{wire.Of(x)} }
	return Judge{
		Params: []string{"x", "reconstruction"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "one pixel of four is wrong", Args: []wire.Value{
					wire.Tensor([]float32{0, 1, 1, 0}, 1, 4), wire.Tensor([]float32{0, 1, 0.5, 0}, 1, 4),
				}},
				{Name: "two pictures", Args: []wire.Value{
					wire.Tensor([]float32{0, 1, 0.5, 0, 0, 1}, 2, 3), wire.Tensor([]float32{0, 0.5, 1, 0.5, 0, 1}, 2, 3),
				}},
			}
			digits, err := data.MNISTTest()
			if err != nil {
				return nil, err
			}
			x := rows32(rng, digits, 8)
			return append(cases, Case{Name: "digits", Hidden: true, Args: []wire.Value{
				wire.Matrix(x), wire.Tensor(uniform[float32](rng, 8*784), 8, 784),
			}}), nil
		},
		Want: func(args []wire.Value) []wire.Value { return scalar(sum(args, square) / size(args)) },
		Wrong: []Wrong{
			{Name: "summed", Compute: func(args []wire.Value) []wire.Value { return scalar(sum(args, square)) }},
			{Name: "perpicture", Compute: func(args []wire.Value) []wire.Value {
				return scalar(sum(args, square) / float64(args[0].Shape[0]))
			}},
			{Name: "axis", Compute: func(args []wire.Value) []wire.Value {
				x, y := args[0].Rows(), args[1].Rows()
				means := make([]float64, len(x))
				for i := range x {
					for j := range x[i] {
						means[i] += square(x[i][j]-y[i][j]) / float64(len(x[i]))
					}
				}
				return []wire.Value{wire.List(means)}
			}},
			{Name: "nosquare", Compute: func(args []wire.Value) []wire.Value {
				return scalar(sum(args, func(d float64) float64 { return d }) / size(args))
			}},
			{Name: "outside", Compute: func(args []wire.Value) []wire.Value {
				return scalar(square(sum(args, func(d float64) float64 { return d }) / size(args)))
			}},
			{Name: "absolute", Compute: func(args []wire.Value) []wire.Value { return scalar(sum(args, math.Abs) / size(args)) }},
		},
	}
}
