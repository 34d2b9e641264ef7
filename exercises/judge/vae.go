package judge

import (
	"math"
	"math/rand/v2"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/exercises/wire"
)

// vae are the judges of the lesson vae.
func vae() map[string]Judge {
	return map[string]Judge{
		"draw": drawJudge(), "divergence": divergenceJudge(), "vaeloss": vaeLossJudge(), "warmup": warmupJudge(),
	}
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
					wire.Matrix([][]float32{{2, 2}}), wire.Matrix([][]float32{{quarter, quarter}}),
					wire.Matrix([][]float32{{-1, 2}}),
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

// perPicture are the sums of what one makes of each pair of two matrices, for each row.
func perPicture(a, b wire.Value, one func(a, b float64) float64) []float64 {
	sums := make([]float64, a.Shape[0])
	others := b.Rows()
	for i, row := range a.Rows() {
		for j := range row {
			sums[i] += one(row[j], others[i][j])
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

// vaeLossJudge is that of func Loss(x, l, mu, v *Node, beta float64) *Node.
func vaeLossJudge() Judge {
	// both are the reconstruction loss and the KL of each picture.
	both := func(args []wire.Value) (reconstruction, kl []float64) {
		reconstruction = perPicture(args[0], args[1], func(x, l float64) float64 {
			return max(l, 0) - l*x + math.Log1p(math.Exp(-math.Abs(l)))
		})
		return reconstruction, perPicture(args[2], args[3], func(mu, v float64) float64 { return 0.5 * klNumber(mu, v) })
	}
	mean := func(of func(reconstruction, kl, beta, pixels float64) float64) func(args []wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			sum := 0.0
			reconstruction, kl := both(args)
			for i := range kl {
				sum += of(reconstruction[i], kl[i], args[4].Float(), float64(args[0].Shape[1]))
			}
			return []wire.Value{wire.Of(sum / float64(len(kl)))}
		}
	}
	right := mean(func(reconstruction, kl, beta, _ float64) float64 { return reconstruction + beta*kl })
	return Judge{
		Params: []string{"x", "l", "mu", "v", "beta"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			x, l := wire.Matrix([][]float32{{0, 1, 1}, {1, 0, 0.5}}), wire.Matrix([][]float32{{0, 0, 2}, {0, -3, 0}})
			mu, v := wire.Matrix([][]float32{{1, 0}, {0, 2}}), wire.Tensor(make([]float32, 4), 2, 2)
			cases := []Case{
				{Name: "two pictures, β = 2", Args: []wire.Value{x, l, mu, v, wire.Of(2.0)}},
				{Name: "β = 0", Args: []wire.Value{x, l, mu, v, wire.Of(0.0)}},
			}
			digits, err := data.MNISTTest()
			if err != nil {
				return nil, err
			}
			for _, beta := range []float64{0.25, 4} {
				output := normal[float32](rng, 8*784)
				for i := range output {
					output[i] = 3*output[i] - 2
				}
				mu, v := bells(rng, 8, 2)
				cases = append(cases, Case{Name: "digits", Hidden: true, Args: []wire.Value{
					wire.Matrix(rows32(rng, digits, 8)), wire.Tensor(output, 8, 784), mu, v,
					wire.Of(beta * (1 + 0.2*rng.Float64())),
				}})
			}
			return cases, nil
		},
		Want: right,
		// KL is a part in some hundred of the loss, and no wrong one of it may pass.
		Tolerance: Tolerance{Absolute: 1e-5, Relative: 1e-5},
		Wrong: []Wrong{
			{Name: "nokl", Compute: mean(func(reconstruction, _, _, _ float64) float64 { return reconstruction })},
			{Name: "nobeta", Compute: mean(func(reconstruction, kl, _, _ float64) float64 { return reconstruction + kl })},
			{Name: "weighted", Compute: mean(func(reconstruction, kl, beta, _ float64) float64 {
				return beta * (reconstruction + kl)
			})},
			{Name: "subtracted", Compute: mean(func(reconstruction, kl, beta, _ float64) float64 {
				return reconstruction - beta*kl
			})},
			{Name: "summed", Compute: func(args []wire.Value) []wire.Value {
				return []wire.Value{wire.Of(right(args)[0].Float() * float64(args[0].Shape[0]))}
			}},
			{Name: "perpicture", Compute: func(args []wire.Value) []wire.Value {
				losses, kl := both(args)
				for i := range losses {
					losses[i] += args[4].Float() * kl[i]
				}
				return []wire.Value{wire.List(losses)}
			}},
			{Name: "averaged", Compute: mean(func(reconstruction, kl, beta, pixels float64) float64 {
				return reconstruction/pixels + beta*kl
			})},
		},
	}
}

// warmupJudge is that of func Betas(epochs, warm int, beta float64) []float64.
func warmupJudge() Judge {
	// each is beta times the part of an epoch.
	each := func(part func(epoch, warm, epochs float64) float64) func(args []wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			betas := make([]float64, args[0].Int())
			for i := range betas {
				betas[i] = args[2].Float() * part(float64(i), args[1].Float(), args[0].Float())
			}
			return []wire.Value{wire.List(betas)}
		}
	}
	// bounded is growth that ends with the warm-up.
	bounded := func(growing func(epoch, warm float64) float64) func(epoch, warm, epochs float64) float64 {
		return func(epoch, warm, _ float64) float64 {
			if epoch >= warm {
				return 1
			}
			return growing(epoch, warm)
		}
	}
	return Judge{
		Params: []string{"epochs", "warm", "beta"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			args := func(epochs, warm int, beta float64) []wire.Value {
				return []wire.Value{wire.Of(epochs), wire.Of(warm), wire.Of(beta)}
			}
			return []Case{
				{Name: "a warm-up of four epochs", Args: args(6, 4, 2)},
				{Name: "no warm-up", Args: args(3, 0, 1)},
				{Name: "a warm-up longer than the training", Args: args(3, 5, 10)},
				{Name: "random", Hidden: true, Args: args(8+rng.IntN(5), 3+rng.IntN(4), 0.25+4*rng.Float64())},
				{Name: "random, no warm-up", Hidden: true, Args: args(4+rng.IntN(5), 0, 0.25+4*rng.Float64())},
			}, nil
		},
		Want:      each(bounded(func(epoch, warm float64) float64 { return epoch / warm })),
		Tolerance: Tolerance{Absolute: 1e-9, Relative: 1e-9},
		Wrong: []Wrong{
			{Name: "unbounded", Compute: each(func(epoch, warm, _ float64) float64 {
				if warm == 0 {
					return 1
				}
				return epoch / warm
			})},
			{Name: "unbounded", Compute: each(func(epoch, warm, _ float64) float64 { return epoch / warm })},
			{Name: "integer", Compute: each(bounded(func(_, _ float64) float64 { return 0 })), Panic: "integer divide by zero"},
			{Name: "early", Compute: each(bounded(func(epoch, warm float64) float64 { return (epoch + 1) / warm }))},
			{Name: "zero", Compute: each(func(epoch, warm, _ float64) float64 { return min(1, epoch/warm) })},
			{Name: "all", Compute: each(func(epoch, _, epochs float64) float64 { return epoch / (epochs - 1) })},
			{Name: "constant", Compute: each(func(_, _, _ float64) float64 { return 1 })},
		},
	}
}
