package engine

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/aetutor/aetutor/data"
)

// openGoBackend opens the backend that every machine has.
func openGoBackend(t *testing.T) *Backend {
	t.Helper()
	b, err := Open("go")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

// stripes is a small dataset with structure to learn: 4×4 pictures of one bright row or column.
func stripes(t *testing.T, n int) *data.Dataset {
	t.Helper()
	random := rand.New(rand.NewPCG(3, 3))
	pixels, labels := make([]byte, 16*n), make([]byte, n)
	for i := range n {
		line := random.IntN(8)
		labels[i] = byte(line)
		for j := range 4 {
			at := line*4 + j
			if line >= 4 {
				at = j*4 + line - 4
			}
			pixels[i*16+at] = byte(155 + random.IntN(101))
		}
	}
	set, err := data.NewImages("stripes", 4, 4, pixels, labels, []string{"r0", "r1", "r2", "r3", "c0", "c1", "c2", "c3"})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// smallConfig trains in milliseconds.
func smallConfig() Config {
	return Config{
		Architecture: NewArchitecture([]int{4, 4}, Tanh, []int{12}, 4), Seed: 1, Epochs: 3, BatchSize: 16, LearningRate: 0.01,
		Optimizer: "adam",
	}
}

// kinds are configurations for every kind of model, which train in milliseconds.
func kinds() map[string]Config {
	denoising, masked, convolutional := smallConfig(), smallConfig(), smallConfig()
	denoising.Corruption = dropping(3)
	masked.Corruption, masked.MaskedOnly = dropping(3), true
	convolutional.Architecture = NewConvArchitecture([]int{4, 4}, []int{4}, 4)
	both := variational()
	both.Architecture = withKernel(NewConvArchitecture([]int{4, 4}, []int{4}, 4), 4).WithOutput(Sigmoid)
	both.Architecture.Variational, both.Likelihood, both.Corruption = true, Bernoulli, dropping(4)
	return map[string]Config{
		"plain": smallConfig(), "denoising": denoising, "masked": masked, "variational": variational(),
		"convolutional": convolutional, "convolutional variational denoising": both,
	}
}

// train runs a configuration on stripes and returns its events.
func train(t *testing.T, c Config) []Event {
	t.Helper()
	run, err := NewRun(openGoBackend(t), c, stripes(t, 200), stripes(t, 50))
	if err != nil {
		t.Fatal(err)
	}
	return events(t.Context(), run)
}

func events(ctx context.Context, run *Run) []Event {
	var all []Event
	run.Start(ctx, func(e Event) { all = append(all, e) })
	return all
}

// of returns the events of one type.
func of[E Event](all []Event) []E {
	var some []E
	for _, e := range all {
		if e, ok := e.(E); ok {
			some = append(some, e)
		}
	}
	return some
}

// last returns the last event, which must be of type E.
func last[E Event](t *testing.T, all []Event) E {
	t.Helper()
	if len(all) == 0 {
		t.Fatal("the run emitted nothing")
	}
	e, ok := all[len(all)-1].(E)
	if !ok {
		t.Fatalf("the run ended with %T %+v", all[len(all)-1], all[len(all)-1])
	}
	return e
}
