package engine

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"
)

// variational is smallConfig with a variational autoencoder.
func variational() Config {
	c := smallConfig()
	c.Architecture.Variational, c.Beta = true, 1
	return c
}

func variationalModel(t *testing.T) *Model {
	t.Helper()
	m, err := NewModel(openGoBackend(t), variational().Architecture, 3)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestVariationalArchitecture(t *testing.T) {
	a := variational().Architecture
	// 16·12+12, twice 12·4+4, 4·12+12, 12·16+16.
	if got := a.Parameters(); got != 204+2*52+60+208 {
		t.Errorf("Parameters() = %d", got)
	}
	a.Encoder = slices.Clone(a.Encoder)
	a.Encoder[1].Activation = ReLU
	if err := a.Validate(); err == nil || !strings.Contains(err.Error(), "a mean may take any value") {
		t.Errorf("Validate: %v", err)
	}
}

// TestPartsMatchClosedForms computes both parts of the loss from what the model gives for some examples.
func TestPartsMatchClosedForms(t *testing.T) {
	for _, likelihood := range Likelihoods() {
		t.Run(string(likelihood), func(t *testing.T) {
			c := variational()
			c.Architecture = c.Architecture.WithOutput(Sigmoid)
			c.Likelihood, c.Beta = likelihood, 0.7
			run, err := NewRun(openGoBackend(t), c, stripes(t, 200), stripes(t, 50))
			if err != nil {
				t.Fatal(err)
			}
			all := events(t.Context(), run)
			done := last[DoneEvent](t, all)
			x := make([]float32, 50*16)
			for i := range 50 {
				run.heldOut.Row(x[i*16:(i+1)*16], i)
			}
			mean, deviation, err := run.Model().Posterior(t.Context(), x)
			if err != nil {
				t.Fatal(err)
			}
			y, err := run.Model().Reconstruct(t.Context(), x)
			if err != nil {
				t.Fatal(err)
			}
			var kl, rec float64
			for i := range mean {
				mu, sigma := float64(mean[i]), float64(deviation[i])
				kl += 0.5*(mu*mu+sigma*sigma-1) - math.Log(sigma)
			}
			for i := range x {
				p, v := float64(y[i]), float64(x[i])
				if likelihood == Bernoulli {
					rec -= v*math.Log(p) + (1-v)*math.Log(1-p)
				} else {
					rec += (v - p) * (v - p) / 2
				}
			}
			kl, rec = kl/50, rec/50
			e := of[EpochEvent](all)[c.Epochs-1]
			if !(math.Abs(e.ValKL-kl) <= 1e-4*kl) || !(math.Abs(e.ValReconstruction-rec) <= 1e-4*rec) {
				t.Errorf("the run reports R %v and KL %v, closed forms give %v and %v", e.ValReconstruction, e.ValKL, rec, kl)
			}
			factor := 2.0 / 16
			if likelihood == Bernoulli {
				factor = 1.0 / 16
			}
			if want := factor * (rec + 0.7*kl); !(math.Abs(done.ValLoss-want) <= 1e-4*want) {
				t.Errorf("validation loss %v, want %v", done.ValLoss, want)
			}
			for _, s := range of[StepEvent](all) {
				if want := factor * (s.Reconstruction + s.Beta*s.KL); !(math.Abs(s.Loss-want) <= 1e-5*want) {
					t.Fatalf("step %d has loss %v, its parts give %v", s.Step, s.Loss, want)
				}
			}
			codes, err := run.Model().Encode(t.Context(), x)
			if err != nil || !slices.Equal(codes, mean) {
				t.Errorf("Encode is not the mean (%v)", err)
			}
			decoded, err := run.Model().Decode(t.Context(), codes)
			if err != nil {
				t.Fatal(err)
			}
			for i := range decoded {
				if !(math.Abs(float64(decoded[i]-y[i])) <= 1e-6) {
					t.Fatal("Reconstruct does not decode the mean")
				}
			}
		})
	}
}

// TestDivergenceOfKnownDistributions checks KL where it is known: 0 for N(0, 1), ½ for N(1, 1), and for N(0, s) the
// closed form ½(s² − 1) − log s.
func TestDivergenceOfKnownDistributions(t *testing.T) {
	b := openGoBackend(t)
	o := objective{architecture: variational().Architecture}
	exec := graph.MustNewExec(b.compute, func(mean, logVariance *graph.Node) *graph.Node {
		zero := graph.ZerosLike(mean)
		_, kl := o.parts(autoencoder{mean: mean, logVariance: logVariance, reconstruction: zero, linear: zero}, zero, nil)
		return kl
	})
	got := exec.MustCall([][]float32{{0}, {1}, {0}}, [][]float32{{0}, {0}, {float32(2 * math.Log(3))}})[0].Value().([]float32)
	for i, want := range []float64{0, 0.5, 0.5*(9-1) - math.Log(3)} {
		if !(math.Abs(float64(got[i])-want) <= 1e-5) {
			t.Errorf("KL of distribution %d is %v, want %v", i, got[i], want)
		}
	}
}

// TestDrawsHaveTheirDistribution draws many codes of one example.
func TestDrawsHaveTheirDistribution(t *testing.T) {
	m := variationalModel(t)
	const n = 20_000
	x := make([]float32, 16)
	for i := range x {
		x[i] = float32(i) / 8
	}
	mean, deviation, err := m.Posterior(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	// A linear decoder of one layer that copies the code lets the draws be seen in the reconstruction.
	a := Architecture{Input: []int{4}, Encoder: []Layer{{Units: 4, Activation: Linear}},
		Decoder: []Layer{{Units: 4, Activation: Linear}}, Variational: true}
	copying, err := NewModel(m.backend, a, 1)
	if err != nil {
		t.Fatal(err)
	}
	identity := []float32{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}
	setVariable(t, copying, "/encoder/0/weights", identity)
	setVariable(t, copying, "/decoder/0/weights", identity)
	setVariable(t, copying, "/encoder/log_variance/weights", make([]float32, 16))
	logVar := make([]float32, 4)
	for i, s := range deviation {
		logVar[i] = float32(2 * math.Log(float64(s)))
	}
	setVariable(t, copying, "/encoder/log_variance/biases", logVar)
	if err := copying.store.SetRNGStateFromSeed(9); err != nil {
		t.Fatal(err)
	}
	exec := model.MustNewExec(m.backend.compute, copying.store, func(scope *model.Scope, x *graph.Node) *graph.Node {
		return a.build(scope, x, true).reconstruction
	})
	z := tensors.MustCopyFlatData[float32](exec.MustCall(tensors.FromFlatDataAndDimensions(slices.Repeat(mean, n), n, 4))[0])
	for j := range 4 {
		var sum, square float64
		for i := range n {
			d := float64(z[i*4+j] - mean[j])
			sum, square = sum+d, square+d*d
		}
		s := float64(deviation[j])
		// Five standard errors.
		if !(math.Abs(sum/n) <= 5*s/math.Sqrt(n)) || !(math.Abs(square/n/(s*s)-1) <= 5*math.Sqrt(2.0/n)) {
			t.Errorf("dimension %d: the draws differ from the mean by %v and have variance %v, want 0 and %v", j, sum/n, square/n, s*s)
		}
	}
}

func TestVariationalGradients(t *testing.T) {
	for _, likelihood := range Likelihoods() {
		a := NewArchitecture([]int{5}, Tanh, []int{4}, 3).WithOutput(Sigmoid)
		a.Variational = true
		m, err := NewModel(openGoBackend(t), a, 11)
		if err != nil {
			t.Fatal(err)
		}
		x := tensors.FromFlatDataAndDimensions([]float32{.1, .9, .4, .7, .2, .8, .3, .5, .6, .95}, 2, 5)
		checkGradients(t, m, Config{Architecture: a, Likelihood: likelihood}, 0.5, x)
	}
}

func TestVariationalRunsRepeatThemselves(t *testing.T) {
	first, second := lossesOf(train(t, variational())), lossesOf(train(t, variational()))
	if !slices.Equal(first, second) {
		t.Error("two runs with one seed differ")
	}
}

func TestWarmUpAndBeta(t *testing.T) {
	c := variational()
	c.WarmUp, c.Beta, c.Epochs = 2, 0.5, 3
	steps := of[StepEvent](train(t, c))
	for _, s := range steps {
		seen := s.Progress - float64(s.BatchSize)/200
		if s.Step%13 == 0 {
			seen = s.Progress - 8.0/200
		}
		if want := 0.5 * min(1, seen/2); !(math.Abs(s.Beta-want) <= 1e-9) {
			t.Fatalf("step %d has beta %v, want %v", s.Step, s.Beta, want)
		}
	}
	c.WarmUp, c.Epochs = 0, 1000
	run, events, _ := controlled(t, c)
	nextStep(t, events)
	for _, bad := range []float64{-1, math.NaN(), math.Inf(1)} {
		if err := run.SetBeta(bad); err == nil {
			t.Errorf("beta %v was taken", bad)
		}
	}
	if err := run.SetBeta(3); err != nil {
		t.Fatal(err)
	}
	nextStep(t, events) // This step may have begun before the change.
	if s := nextStep(t, events); s.Beta != 3 {
		t.Errorf("after SetBeta a step has beta %v", s.Beta)
	}
	run.Stop()
	plain, err := NewRun(openGoBackend(t), smallConfig(), stripes(t, 200), stripes(t, 50))
	if err != nil {
		t.Fatal(err)
	}
	if err := plain.SetBeta(1); err == nil {
		t.Error("a plain autoencoder took a beta")
	}
}

func TestSamplesRepeatAndDiffer(t *testing.T) {
	m := variationalModel(t)
	sample := func(seed int64) []float32 {
		x, err := m.Sample(t.Context(), 3, seed)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	if a, b := sample(1), sample(1); !slices.Equal(a, b) || len(a) != 3*16 {
		t.Error("a seed does not repeat itself")
	}
	if slices.Equal(sample(1), sample(2)) {
		t.Error("two seeds give the same samples")
	}
	if _, err := m.Sample(t.Context(), 0, 1); err == nil {
		t.Error("0 samples were taken")
	}
	plain := trained(t)
	if _, err := plain.Sample(t.Context(), 1, 1); err == nil {
		t.Error("a plain autoencoder was sampled")
	}
	if _, _, err := plain.Posterior(t.Context(), make([]float32, 16)); err == nil {
		t.Error("a plain autoencoder has a posterior")
	}
}

func TestInterpolate(t *testing.T) {
	path, err := Interpolate([]float32{0, 1}, []float32{1, -1}, 3)
	if err != nil || !slices.Equal(path, []float32{0, 1, 0.5, 0, 1, -1}) {
		t.Errorf("Interpolate: %v, %v", path, err)
	}
	for name, f := range map[string]func() ([]float32, error){
		"one step": func() ([]float32, error) { return Interpolate([]float32{0}, []float32{1}, 1) },
		"lengths":  func() ([]float32, error) { return Interpolate([]float32{0}, []float32{1, 2}, 3) },
		"nothing":  func() ([]float32, error) { return Interpolate(nil, nil, 3) },
	} {
		if path, err := f(); err == nil {
			t.Errorf("%s: %v and no error", name, path)
		}
	}
}

func TestObjectiveErrors(t *testing.T) {
	tests := map[string]struct {
		spoil func(*Config)
		want  string
	}{
		"beta below zero":      {func(c *Config) { c.Beta = -1 }, "beta is -1; it must be from 0 to 1000"},
		"beta no number":       {func(c *Config) { c.Beta = math.NaN() }, "beta is NaN"},
		"long warm-up":         {func(c *Config) { c.WarmUp = 4 }, "a warm-up of 4 epochs in a run of 3"},
		"negative warm-up":     {func(c *Config) { c.WarmUp = -1 }, "a warm-up of -1 epochs"},
		"unknown likelihood":   {func(c *Config) { c.Likelihood = "poisson" }, `likelihood "poisson" is not known`},
		"Bernoulli and linear": {func(c *Config) { c.Likelihood = Bernoulli }, "take sigmoid"},
		"beta of a plain one":  {func(c *Config) { c.Architecture.Variational = false }, "leave them 0 and empty"},
		"mask of nothing":      {func(c *Config) { c.MaskedOnly = true }, "needs a corruption that hides some"},
		"mask and variational": {func(c *Config) { c.MaskedOnly, c.Corruption = true, dropping(2) }, "cannot be over the hidden ones only"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := variational()
			test.spoil(&c)
			_, err := NewRun(openGoBackend(t), c, stripes(t, 200), stripes(t, 50))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("NewRun: %v, want it to say %q", err, test.want)
			}
		})
	}
}
