package engine

import (
	"math"
	"strings"
	"testing"
)

func TestArchitectureOfTheWorkshop(t *testing.T) {
	a := NewArchitecture([]int{28, 28}, ReLU, []int{256, 64}, 16)
	if err := a.Validate(); err != nil {
		t.Fatal(err)
	}
	if got, want := a.String(), "784–256–64–16–64–256–784"; got != want {
		t.Errorf("String() = %s, want %s", got, want)
	}
	// Weights and biases counted by hand: 784·256+256, 256·64+64, 64·16+16, 16·64+64, 64·256+256, 256·784+784.
	want := []LayerReport{
		{"encoder 1", 784, 256, ReLU, 200_960, Dense, "256"},
		{"encoder 2", 256, 64, ReLU, 16_448, Dense, "64"},
		{"latent", 64, 16, Linear, 1_040, Dense, "16"},
		{"decoder 1", 16, 64, ReLU, 1_088, Dense, "64"},
		{"decoder 2", 64, 256, ReLU, 16_640, Dense, "256"},
		{"output", 256, 784, Linear, 201_488, Dense, "784"},
	}
	for i, got := range a.Layers() {
		if got != want[i] {
			t.Errorf("layer %d is %+v, want %+v", i, got, want[i])
		}
	}
	if got := a.Parameters(); got != 437_664 {
		t.Errorf("Parameters() = %d, want 437664", got)
	}
	if got := a.Compression(); got != 49 {
		t.Errorf("Compression() = %v, want 49", got)
	}
}

func TestArchitectureErrors(t *testing.T) {
	good := func() Architecture { return NewArchitecture([]int{28, 28}, ReLU, []int{64}, 16) }
	tests := map[string]struct {
		spoil func(*Architecture)
		want  string
	}{
		"output of the wrong size": {func(a *Architecture) { a.Decoder = a.Decoder[:1] }, "the last layer gives 64 values, the input has 784"},
		"no input":                 {func(a *Architecture) { a.Input = nil }, "the input has no shape"},
		"negative side":            {func(a *Architecture) { a.Input = []int{28, -28} }, "shape [28 -28]"},
		"no encoder":               {func(a *Architecture) { a.Encoder = nil }, "no encoder"},
		"no decoder":               {func(a *Architecture) { a.Decoder = nil }, "no decoder"},
		"no units":                 {func(a *Architecture) { a.Encoder[1].Units = 0 }, "encoder layer 2 has 0 units"},
		"unknown activation":       {func(a *Architecture) { a.Encoder[0].Activation = "step" }, `activation "step" is not known; choose one of relu, tanh, sigmoid, linear`},
		"too many parameters":      {func(a *Architecture) { a.Encoder[0].Units = 1 << 20 }, "at most 50000000 are allowed"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a := good()
			test.spoil(&a)
			err := a.Validate()
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Validate() = %v, want it to say %q", err, test.want)
			}
			if _, err := NewModel(openGoBackend(t), a, 1); err == nil {
				t.Error("NewModel took the architecture")
			}
		})
	}
}

func TestParametersDoNotOverflow(t *testing.T) {
	a := Architecture{Input: []int{math.MaxInt32}, Encoder: []Layer{{Units: math.MaxInt, Activation: ReLU}}, Decoder: []Layer{{Units: math.MaxInt, Activation: ReLU}}}
	if got := a.Parameters(); got <= maxParameters {
		t.Errorf("Parameters() = %d, which would pass the limit of %d", got, maxParameters)
	}
}
