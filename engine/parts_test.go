package engine

import (
	"math"
	"slices"
	"testing"
)

func TestDivideCoversTheBatch(t *testing.T) {
	for n, want := range map[int][]int{1: {1}, 31: {31}, 63: {63}, 64: {32, 32}, 96: {32, 32, 32}, 128: {32, 32, 32, 32}, 131: {32, 33, 33, 33}, 8192: {2048, 2048, 2048, 2048}} {
		var sizes []int
		at := 0
		for _, p := range divide(n, 4) {
			if p.from != at {
				t.Errorf("a part of %d begins at %d, want %d", n, p.from, at)
			}
			at = p.to
			sizes = append(sizes, p.to-p.from)
		}
		if !slices.Equal(sizes, want) {
			t.Errorf("%d is divided into %v, want %v", n, sizes, want)
		}
	}
}

// TestPartsTrainAsTheWhole takes the same steps with the batch in one piece and in parts of unequal size.
// Floating-point sums in another order differ by rounding only.
func TestPartsTrainAsTheWhole(t *testing.T) {
	c := smallConfig()
	set := stripes(t, 200)
	weights := func(parts int) ([]float64, []float32) {
		m, err := NewModel(openGoBackend(t), c.Architecture, c.Seed)
		if err != nil {
			t.Fatal(err)
		}
		trainer, err := newTrainer(m, c)
		if err != nil {
			t.Fatal(err)
		}
		trainer.feeder.parts = parts
		var losses []float64
		for step := range 6 {
			n := []int{131, 64, 33}[step%3]
			l, err := trainer.train(t.Context(), set, pass{examples: permutation(1, uint64(step), 200)[:n], learningRate: 0.01})
			if err != nil {
				t.Fatal(err)
			}
			losses = append(losses, l.loss)
		}
		if err := trainer.close(); err != nil {
			t.Fatal(err)
		}
		return losses, reconstruct(t, m)
	}
	wholeLosses, whole := weights(1)
	losses, parts := weights(4)
	for i := range losses {
		if math.Abs(losses[i]-wholeLosses[i]) > 1e-6 {
			t.Errorf("step %d has loss %.8f in parts, %.8f as a whole", i+1, losses[i], wholeLosses[i])
		}
	}
	for i := range parts {
		if math.Abs(float64(parts[i]-whole[i])) > 1e-5 {
			t.Fatalf("value %d is %v after training in parts, %v as a whole", i, parts[i], whole[i])
		}
	}
}

// TestSigmoidStaysNormal keeps outputs, and so their gradients, away from subnormal numbers.
func TestSigmoidStaysNormal(t *testing.T) {
	m, err := NewModel(openGoBackend(t), NewArchitecture([]int{1}, ReLU, nil, 1).WithOutput(Sigmoid), 1)
	if err != nil {
		t.Fatal(err)
	}
	setVariable(t, m, "/decoder/0/weights", []float32{1})
	y, err := m.Decode(t.Context(), []float32{-5, -29, -31, -1000, 5, 1000})
	if err != nil {
		t.Fatal(err)
	}
	least := 1 / (1 + math.Exp(30))
	for i, want := range []float64{1 / (1 + math.Exp(5)), 1 / (1 + math.Exp(29)), least, least, 1 / (1 + math.Exp(-5)), 1} {
		if math.Abs(float64(y[i])-want) > 1e-5*want {
			t.Errorf("output %d is %v, want %v", i, y[i], want)
		}
	}
}
