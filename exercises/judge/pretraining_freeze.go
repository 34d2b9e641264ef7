package judge

import (
	"math/rand/v2"
	"slices"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/exercises/wire"
)

// freezeJudge is that of func Scores(s *model.Scope, x *Node, frozen bool) *Node. What comes are the scores, and weights
// and biases after a step of gradient descent on the mean cross entropy; biases begin at 0.
func freezeJudge() Judge {
	const units, classes = 4, 10
	// learn takes the step for the parts that move.
	learn := func(moves func(frozen bool) (encoder, head bool)) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			encoder, head := moves(args[2].Bools()[0])
			return frozenStep(args, encoder, head)
		}
	}
	draw := func(name string, hidden, frozen bool, rng *rand.Rand, x [][]float32, scale float32) Case {
		hot := make([]float32, len(x)*classes)
		for i := range x {
			hot[i*classes+rng.IntN(classes)] = 1
		}
		weights := normal[float32](rng, len(x[0])*units)
		for i := range weights {
			weights[i] *= scale
		}
		return Case{Name: name, Hidden: hidden, Args: []wire.Value{
			wire.Matrix(x), wire.Tensor(hot, len(x), classes), wire.Of(frozen),
			wire.Tensor(weights, len(x[0]), units), wire.Tensor(normal[float32](rng, units*classes), units, classes),
		}}
	}
	want := learn(func(frozen bool) (encoder, head bool) { return !frozen, true })
	return Judge{
		Params: []string{"x", "target", "frozen", "encoder weights", "head weights"},
		Results: []string{
			"scores", "encoder weights after a step", "encoder biases after a step", "head weights after a step",
			"head biases after a step",
		},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			digits, err := data.MNISTTest()
			if err != nil {
				return nil, err
			}
			same := rand.New(rand.NewPCG(7, 3))
			small := [][]float32{{1, 0, 0.5, 0}, {0, 1, 0, 0.5}}
			return []Case{
				draw("frozen, two pictures of four pixels", false, true, same, small, 1),
				draw("fine-tuned, two pictures of four pixels", false, false, same, small, 1),
				draw("frozen, digits", true, true, rng, rows32(rng, digits, 6), 0.1),
				draw("fine-tuned, digits", true, false, rng, rows32(rng, digits, 6), 0.1),
			}, nil
		},
		Want: want,
		Wrong: []Wrong{
			{Name: "tuned", Compute: learn(func(bool) (encoder, head bool) { return true, true })},
			{Name: "always", Compute: learn(func(bool) (encoder, head bool) { return false, true })},
			{Name: "both", Compute: learn(func(frozen bool) (encoder, head bool) { return !frozen, !frozen })},
			{Name: "both", Compute: learn(func(bool) (encoder, head bool) { return false, false })},
			{Name: "reversed", Compute: learn(func(frozen bool) (encoder, head bool) { return frozen, true })},
			{Name: "biases", Compute: func(args []wire.Value) []wire.Value {
				results := want(args)
				results[2] = frozenStep(args, true, true)[2]
				return results
			}},
		},
	}
}

// frozenStep is the step of freezeJudge for the parts that move. The arguments are those of its cases.
func frozenStep(args []wire.Value, encoder, head bool) []wire.Value {
	const rate = 0.5
	x, hot, weights, headWeights := args[0].Rows(), args[1].Rows(), args[3].Rows(), args[4].Rows()
	units, classes := len(headWeights), len(headWeights[0])
	moved, movedHead := slices.Clone(args[3].Floats()), slices.Clone(args[4].Floats())
	biases, headBiases := make([]float64, units), make([]float64, classes)
	var scores [][]float64
	for i := range x {
		z := affine(x[i], weights, make([]float64, units))
		for k := range z {
			z[k] = max(z[k], 0)
		}
		scores = append(scores, affine(z, headWeights, make([]float64, classes)))
		codeGradient := make([]float64, units)
		for c, p := range softmax(scores[i]) {
			g := (p - hot[i][c]) / float64(len(x))
			if head {
				headBiases[c] -= rate * g
			}
			for k := range z {
				codeGradient[k] += g * headWeights[k][c]
				if head {
					movedHead[k*classes+c] -= rate * g * z[k]
				}
			}
		}
		for k, g := range codeGradient {
			if !encoder || z[k] == 0 {
				continue
			}
			biases[k] -= rate * g
			for j, v := range x[i] {
				moved[j*units+k] -= rate * g * v
			}
		}
	}
	return []wire.Value{
		wire.Matrix(scores), wire.Tensor(moved, args[3].Shape...), wire.List(biases),
		wire.Tensor(movedHead, args[4].Shape...), wire.List(headBiases),
	}
}
