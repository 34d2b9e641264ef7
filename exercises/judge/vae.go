package judge

import (
	"math"
	"math/rand/v2"

	"github.com/aetutor/aetutor/exercises/wire"
)

// vae are the judges of the lesson vae.
func vae() map[string]Judge {
	return map[string]Judge{"draw": drawJudge(), "divergence": divergenceJudge()}
}

// bells are means and log variances as an encoder gives them: means of about 1.5, and σ from 0.1 to 2.
func bells(rng *rand.Rand, batch, latent int) (mu, v wire.Value) {
	means, logs := normal[float32](rng, batch*latent), uniform[float32](rng, batch*latent)
	for i := range means {
		means[i] *= 1.5
		logs[i] = -4.6 + 6*logs[i]
	}
	return wire.Tensor(means, batch, latent), wire.Tensor(logs, batch, latent)
}

// drawJudge is that of func Draw(mu, v, eps *Node) *Node.
func drawJudge() Judge {
	each := func(of func(mu, v, eps float64) float64) func(args []wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			z := make([]float64, args[0].Size())
			for i := range z {
				z[i] = of(args[0].Floats()[i], args[1].Floats()[i], args[2].Floats()[i])
			}
			return []wire.Value{wire.Tensor(z, args[0].Shape...)}
		}
	}
	return Judge{
		Params: []string{"mu", "v", "eps"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			quarter := float32(math.Log(0.25)) // σ = 0.5
			cases := []Case{
				{Name: "σ = 1", Args: []wire.Value{
					wire.Matrix([][]float32{{0, 2}}), wire.Matrix([][]float32{{0, 0}}), wire.Matrix([][]float32{{1, -0.5}}),
				}},
				{Name: "σ = 0.5", Args: []wire.Value{
					wire.Matrix([][]float32{{2, 2}}), wire.Matrix([][]float32{{quarter, quarter}}), wire.Matrix([][]float32{{-1, 2}}),
				}},
			}
			for _, latent := range []int{2, 16} {
				mu, v := bells(rng, 8, latent)
				cases = append(cases, Case{Name: "random", Hidden: true, Args: []wire.Value{
					mu, v, wire.Tensor(normal[float32](rng, 8*latent), 8, latent),
				}})
			}
			return cases, nil
		},
		Want: each(func(mu, v, eps float64) float64 { return mu + math.Exp(v/2)*eps }),
		Wrong: []Wrong{
			{Name: "unscaled", Compute: each(func(mu, _, eps float64) float64 { return mu + eps })},
			{Name: "variance", Compute: each(func(mu, v, eps float64) float64 { return mu + math.Exp(v)*eps })},
			{Name: "logarithm", Compute: each(func(mu, v, eps float64) float64 { return mu + v*eps })},
			{Name: "both", Compute: each(func(mu, v, eps float64) float64 { return math.Exp(v/2) * (mu + eps) })},
			{Name: "mean", Compute: each(func(mu, _, _ float64) float64 { return mu })},
		},
	}
}

// klNumber is the KL of one number of a code, without its factor 0.5.
func klNumber(mu, v float64) float64 { return mu*mu + math.Exp(v) - 1 - v }

// perPicture are the sums of what number makes of each number of a code.
func perPicture(mu, v wire.Value, number func(mu, v float64) float64) []float64 {
	sums := make([]float64, mu.Shape[0])
	logs := v.Rows()
	for i, row := range mu.Rows() {
		for j := range row {
			sums[i] += number(row[j], logs[i][j])
		}
	}
	return sums
}

// divergenceJudge is that of func Divergence(mu, v *Node) *Node.
func divergenceJudge() Judge {
	each := func(factor float64, number func(mu, v float64) float64) func(args []wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			sums := perPicture(args[0], args[1], number)
			for i := range sums {
				sums[i] *= factor
			}
			return []wire.Value{wire.List(sums)}
		}
	}
	return Judge{
		Params: []string{"mu", "v"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			four := float32(math.Log(4)) // σ = 2
			cases := []Case{
				{Name: "N(0, 1), and a mean of 3", Args: []wire.Value{
					wire.Matrix([][]float32{{0, 0}, {0, 3}}), wire.Matrix([][]float32{{0, 0}, {0, 0}}),
				}},
				{Name: "σ = 2", Args: []wire.Value{wire.Matrix([][]float32{{0, 1}}), wire.Matrix([][]float32{{four, 0}})}},
			}
			for _, latent := range []int{2, 16} {
				mu, v := bells(rng, 8, latent)
				cases = append(cases, Case{Name: "random", Hidden: true, Args: []wire.Value{mu, v}})
			}
			return cases, nil
		},
		Want:      each(0.5, klNumber),
		Tolerance: Tolerance{Absolute: 1e-5, Relative: 1e-4}, // the pieces cancel near N(0, 1)
		Wrong: []Wrong{
			{Name: "meanonly", Compute: each(0.5, func(mu, _ float64) float64 { return mu * mu })},
			{Name: "deviation", Compute: each(0.5, func(mu, v float64) float64 { return mu*mu + math.Exp(v/2) - 1 - v })},
			{Name: "sign", Compute: each(0.5, func(mu, v float64) float64 { return mu*mu + math.Exp(v) - 1 + v })},
			{Name: "one", Compute: each(0.5, func(mu, v float64) float64 { return klNumber(mu, v) + 1 })},
			{Name: "averaged", Compute: func(args []wire.Value) []wire.Value {
				return each(0.5/float64(args[0].Shape[1]), klNumber)(args)
			}},
			{Name: "total", Compute: func(args []wire.Value) []wire.Value {
				total := 0.0
				for _, kl := range perPicture(args[0], args[1], klNumber) {
					total += kl / 2
				}
				return []wire.Value{wire.Of(total)}
			}},
			{Name: "whole", Compute: each(1, klNumber)},
			{Name: "negative", Compute: each(-0.5, klNumber)},
		},
	}
}
