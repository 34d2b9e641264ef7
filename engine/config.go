package engine

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/aetutor/aetutor/data"
)

// Config says how to train an autoencoder.
type Config struct {
	Architecture Architecture
	Seed         int64 // decides the initial weights and the order of the examples
	Epochs       int   // passes over the training examples
	BatchSize    int   // examples for one step
	LearningRate float64
	Optimizer    string // one of Optimizers

	// Corruption spoils the input of each training example anew in each epoch, and the held-out ones always in the same
	// way; the target stays clean. nil trains on clean input.
	Corruption Corruption
	// MaskedOnly takes the loss over the hidden values only, the mean for each example and then over the examples, one
	// without any counting as 0. Without it the loss is over all values. Hidden is what the corruption changes in a row of
	// ones, so it is for a corruption that sets values to 0 whatever they are.
	MaskedOnly bool

	// Beta weighs the divergence KL in the loss of a variational autoencoder, factor · (R + Beta·KL) with R and KL in nats
	// per example; at 1 it is the evidence lower bound up to the factor, 2/width for Gaussian, 1/width for Bernoulli.
	Beta float64
	// WarmUp is the number of epochs over which the weight of KL grows evenly from 0 to Beta.
	WarmUp int
	// Likelihood measures R; empty is Gaussian.
	Likelihood Likelihood

	// Validation is the fraction of the examples that NewRun holds out when it is given no held-out set, between 0 and 1.
	Validation float64
	// Patience ends the run after that many epochs in a row without a lower validation error; 0 never does.
	Patience int
	// Previews are the held-out examples that PreviewEvents show; none are sent without.
	Previews []int
	// PreviewEvery is the least time between two previews; one more is sent at the start and the end.
	PreviewEvery time.Duration
}

// MaxBatchSize bounds the batch to what fits beside the model in a laptop's memory.
const MaxBatchSize = 8192

func checkLearningRate(rate float64) error {
	if !(rate > 0) || rate > 1000 || math.IsInf(rate, 0) {
		return fmt.Errorf("the learning rate is %v; it must be above 0 and at most 1000, 0.001 is usual", rate)
	}
	return nil
}

func checkBatchSize(size, examples int) error {
	if limit := min(examples, MaxBatchSize); size < 1 || size > limit {
		return fmt.Errorf("the batch size is %d; it must be from 1 to %d", size, limit)
	}
	return nil
}

// objective is what the configuration makes small.
func (c Config) objective() objective { return objective{c.Architecture, c.Likelihood, c.MaskedOnly} }

// split checks the configuration against the data and returns the training and the held-out examples.
func (c Config) split(train, heldOut *data.Dataset) (*data.Dataset, *data.Dataset, error) {
	problems := []error{c.Architecture.Validate(), checkLearningRate(c.LearningRate), validateOptimizer(c.Optimizer)}
	problems = append(problems, c.validateObjective()...)
	problem := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if c.Epochs < 1 || c.Epochs > 100_000 {
		problem("%d epochs; take from 1 to 100000", c.Epochs)
	}
	if c.Patience < 0 {
		problem("patience %d; it must be 0 (off) or more", c.Patience)
	}
	if train == nil {
		problem("there are no training examples")
		return nil, nil, errors.Join(problems...)
	}
	if heldOut == nil {
		n := train.Len()
		kept := n - int(math.Round(c.Validation*float64(n)))
		if !(c.Validation > 0 && c.Validation < 1) || kept < 1 || kept >= n {
			problem("a validation part of %v of %d examples; take a fraction between 0 and 1 that leaves some of each",
				c.Validation, n)
			return nil, nil, errors.Join(problems...)
		}
		shuffled := train.Select(permutation(c.Seed, splitStream, n))
		train, heldOut = shuffled.Slice(0, kept), shuffled.Slice(kept, n)
	}
	problems = append(problems, checkBatchSize(c.BatchSize, train.Len()))
	for _, set := range []*data.Dataset{train, heldOut} {
		if set.Width() != c.Architecture.Width() {
			problem("%s has %d values an example, the architecture's input has %d", set.Name, set.Width(),
				c.Architecture.Width())
		}
		if set.Len() == 0 {
			problem("%s has no examples", set.Name)
		}
	}
	for _, i := range c.Previews {
		if i < 0 || i >= heldOut.Len() {
			problem("preview of example %d; %s has %d", i, heldOut.Name, heldOut.Len())
		}
	}
	return train, heldOut, errors.Join(problems...)
}
