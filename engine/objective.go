package engine

import (
	"fmt"

	"github.com/gomlx/gomlx/core/graph"
)

// Likelihood is the distribution of an example's values around the reconstruction that a variational autoencoder
// assumes. It decides how the reconstruction error is measured in nats.
type Likelihood string

const (
	// Gaussian takes each value to be normal with variance 1 around its reconstruction. The error of an example is
	// ½ Σ (x − x′)², which leaves out the constant width/2 · log 2π.
	Gaussian Likelihood = "gaussian"
	// Bernoulli takes each value, between 0 and 1, for the chance of a full pixel. The error of an example is the cross
	// entropy −Σ x log x′ + (1−x) log (1−x′). It needs a sigmoid output.
	Bernoulli Likelihood = "bernoulli"
)

// Likelihoods lists what Config.Likelihood takes.
func Likelihoods() []Likelihood { return []Likelihood{Gaussian, Bernoulli} }

// objective is what training makes small.
//
// A plain autoencoder's loss is the mean squared error over all values, or over the hidden ones with masked.
//
// A variational one's is factor · (R + β·KL), where R is the error in nats of an example and KL the divergence of its
// distribution of codes from N(0, 1), −½ Σ (1 + log σ² − μ² − σ²) (Kingma and Welling 2014, appendix B). With β = 1 it
// is factor times the negative evidence lower bound. The factor is 2/width for a Gaussian likelihood, so that factor·R
// is the mean squared error, and 1/width for a Bernoulli one: both keep the size of the gradients, and so the learning
// rate, from depending on the width.
type objective struct {
	architecture Architecture
	likelihood   Likelihood
	masked       bool
}

func (o objective) factor() float64 {
	if o.likelihood == Bernoulli {
		return 1 / float64(o.architecture.Width())
	}
	return 2 / float64(o.architecture.Width())
}

// parts measures each example. target: [batch, width]; mask, where masked: the same. It returns the error, [batch]: the
// mean squared one or, of a variational autoencoder, R in nats; and KL, [batch], nil without one.
func (o objective) parts(ae autoencoder, target, mask *graph.Node) (errors, kl *graph.Node) {
	if !o.architecture.Variational {
		square := graph.Square(graph.Sub(ae.reconstruction, target))
		if !o.masked {
			return graph.ReduceMean(square, 1), nil
		}
		hidden := graph.MaxScalar(graph.ReduceSum(mask, 1), 1)
		return graph.Div(graph.ReduceSum(graph.Mul(square, mask), 1), hidden), nil
	}
	kl = graph.MulScalar(graph.ReduceSum(graph.Sub(
		graph.AddScalar(ae.logVariance, 1), graph.Add(graph.Square(ae.mean), graph.Exp(ae.logVariance))), 1), -0.5)
	if o.likelihood != Bernoulli {
		return graph.MulScalar(graph.ReduceSum(graph.Square(graph.Sub(ae.reconstruction, target)), 1), 0.5), kl
	}
	// With l the output before its sigmoid, the cross entropy is max(l, 0) − l·x + log(1 + e^−|l|), which no size of l
	// overflows.
	l := ae.linear
	soft := graph.Log1P(graph.Exp(graph.Neg(graph.Abs(l))))
	return graph.ReduceSum(graph.Add(graph.Sub(graph.MaxScalar(l, 0), graph.Mul(l, target)), soft), 1), kl
}

// loss is the mean loss of a batch in a graph, with its mean parts. beta is a scalar.
func (o objective) loss(ae autoencoder, target, mask, beta *graph.Node) (loss, errors, kl *graph.Node) {
	errors, kl = o.parts(ae, target, mask)
	errors = graph.ReduceAllMean(errors)
	if kl == nil {
		return errors, errors, nil
	}
	kl = graph.ReduceAllMean(kl)
	return graph.MulScalar(graph.Add(errors, graph.Mul(kl, beta)), o.factor()), errors, kl
}

// losses are the loss of some examples and, of a variational autoencoder, its parts in nats per example.
type losses struct{ loss, reconstruction, kl float64 }

// over divides a sum over n examples.
func (l losses) over(n int) losses {
	return losses{l.loss / float64(n), l.reconstruction / float64(n), l.kl / float64(n)}
}

// combine is the loss of mean parts.
func (o objective) combine(errors, kl, beta float64) losses {
	if !o.architecture.Variational {
		return losses{loss: errors}
	}
	return losses{o.factor() * (errors + beta*kl), errors, kl}
}

// validate says what keeps the settings of the objective from being one.
func (c Config) validateObjective() []error {
	var problems []error
	problem := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if !c.Architecture.Variational {
		if c.Beta != 0 || c.WarmUp != 0 || c.Likelihood != "" {
			problem("beta %v, warm-up %d and likelihood %q are of a variational autoencoder, and this one is plain; leave "+
				"them 0 and empty",
				c.Beta, c.WarmUp, string(c.Likelihood))
		}
	} else {
		if err := checkBeta(c.Beta); err != nil {
			problems = append(problems, err)
		}
		if c.WarmUp < 0 || c.WarmUp > c.Epochs {
			problem("a warm-up of %d epochs in a run of %d; take from 0 (none) to %d", c.WarmUp, c.Epochs, c.Epochs)
		}
		switch c.Likelihood {
		case "", Gaussian:
		case Bernoulli:
			if d := c.Architecture.Decoder; len(d) > 0 && d[len(d)-1].Activation != Sigmoid {
				problem("a Bernoulli likelihood needs chances between 0 and 1, and the output has activation %s; take sigmoid",
					d[len(d)-1].Activation)
			}
		default:
			problem("likelihood %q is not known; choose one of %v", string(c.Likelihood), Likelihoods())
		}
	}
	if c.MaskedOnly {
		if c.Corruption == nil {
			problem("the loss over hidden values only needs a corruption that hides some; give one or take the loss over all")
		}
		if c.Architecture.Variational {
			problem("the loss of a variational autoencoder is over all values; it cannot be over the hidden ones only")
		}
	}
	return problems
}

func checkBeta(beta float64) error {
	if !(beta >= 0 && beta <= maxBeta) {
		return fmt.Errorf("beta is %v; it must be from 0 to %d, 1 is the evidence lower bound", beta, maxBeta)
	}
	return nil
}

// maxBeta is far beyond the point at which every code collapses to N(0, 1).
const maxBeta = 1000
