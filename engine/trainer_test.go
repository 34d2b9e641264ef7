package engine

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"

	"github.com/aetutor/aetutor/data"
)

// oracle is what testdata/oracle/optimizers.py printed.
type oracle struct {
	Sizes   []int                `json:"sizes"`
	Tanh    []bool               `json:"tanh"`
	Weights [][]float32          `json:"weights"`
	Biases  [][]float32          `json:"biases"`
	Batches [][]int              `json:"batches"`
	Rates   map[string]float64   `json:"rates"`
	Losses  map[string][]float64 `json:"losses"`
}

func readOracle(t *testing.T) oracle {
	t.Helper()
	content, err := os.ReadFile("testdata/oracle/optimizers.json")
	if err != nil {
		t.Fatal(err)
	}
	var o oracle
	if err := json.Unmarshal(content, &o); err != nil {
		t.Fatal(err)
	}
	return o
}

// model makes the oracle's network with its initial weights.
func (o oracle) model(t *testing.T) *Model {
	t.Helper()
	a := Architecture{Input: o.Sizes[:1]}
	for i, units := range o.Sizes[1:] {
		layer := Layer{units, Linear}
		if o.Tanh[i] {
			layer.Activation = Tanh
		}
		if i < 2 {
			a.Encoder = append(a.Encoder, layer)
		} else {
			a.Decoder = append(a.Decoder, layer)
		}
	}
	m, err := NewModel(openGoBackend(t), a, 1)
	if err != nil {
		t.Fatal(err)
	}
	for i, part := range []string{"encoder/0", "encoder/1", "decoder/0", "decoder/1"} {
		setVariable(t, m, "/"+part+"/weights", o.Weights[i])
		setVariable(t, m, "/"+part+"/biases", o.Biases[i])
	}
	return m
}

func setVariable(t *testing.T, m *Model, path string, flat []float32) {
	t.Helper()
	v := m.store.GetVariable(path)
	if v == nil {
		t.Fatalf("the model has no variable %s", path)
	}
	if err := v.SetValue(tensors.FromFlatDataAndDimensions(flat, v.Shape().Dimensions...)); err != nil {
		t.Fatal(err)
	}
}

// TestTrainingMatchesNumPy trains the same network on the same batches as the oracle, step by step.
func TestTrainingMatchesNumPy(t *testing.T) {
	o := readOracle(t)
	for _, name := range Optimizers() {
		t.Run(name, func(t *testing.T) {
			trainer, err := newTrainer(o.model(t), name, o.Rates[name])
			if err != nil {
				t.Fatal(err)
			}
			for step, values := range o.Batches {
				pixels := make([]byte, len(values))
				for i, v := range values {
					pixels[i] = byte(v)
				}
				batch, err := data.NewImages("oracle", 1, 6, pixels, make([]byte, 4), []string{"any"})
				if err != nil {
					t.Fatal(err)
				}
				loss, err := trainer.train(batch, []int{0, 1, 2, 3})
				if err != nil {
					t.Fatal(err)
				}
				if want := o.Losses[name][step]; math.Abs(loss-want) > 1e-5*want {
					t.Errorf("step %d: loss %.8f, NumPy has %.8f", step+1, loss, want)
				}
			}
		})
	}
}

// TestGradientsMatchFiniteDifferences compares each gradient with the slope of the loss around the weight.
func TestGradientsMatchFiniteDifferences(t *testing.T) {
	// The seed keeps every ReLU away from its kink, where there is no slope to compare with.
	for _, act := range Activations() {
		t.Run(string(act), func(t *testing.T) {
			b := openGoBackend(t)
			a := NewArchitecture([]int{5}, act, []int{4}, 3)
			m, err := NewModel(b, a, 11)
			if err != nil {
				t.Fatal(err)
			}
			x := []float32{.1, .9, .4, .7, .2, .8, .3, .5, .6, .95}
			var paths []string
			exec := model.MustNewExec(b.compute, m.store, func(scope *model.Scope, x *graph.Node) []*graph.Node {
				ae := a.build(scope, x)
				for v := range scope.IterVariables() {
					if v.Trainable {
						paths = append(paths, v.Path())
					}
				}
				return ae.network.gradients(meanSquaredError(ae.reconstruction, x))
			})
			gradients := exec.MustCall(tensors.FromFlatDataAndDimensions(x, 2, 5))
			loss := func() float64 {
				y, err := m.Reconstruct(x)
				if err != nil {
					t.Fatal(err)
				}
				sum := 0.0
				for i := range x {
					sum += math.Pow(float64(y[i])-float64(x[i]), 2)
				}
				return sum / float64(len(x))
			}
			if len(gradients) != 8 {
				t.Fatalf("%d gradients, want weights and biases of 4 layers", len(gradients))
			}
			for i, path := range paths {
				flat := tensors.MustCopyFlatData[float32](m.store.GetVariable(path).MustValue())
				got := tensors.MustCopyFlatData[float32](gradients[i])
				for j := range flat {
					const h = 5e-3
					at := func(value float32) float64 {
						moved := append([]float32(nil), flat...)
						moved[j] = value
						setVariable(t, m, path, moved)
						return loss()
					}
					slope := (at(flat[j]+h) - at(flat[j]-h)) / (2 * h)
					if math.Abs(slope-float64(got[j])) > 2e-3*max(1, math.Abs(slope)) {
						t.Errorf("%s[%d]: gradient %.6f, slope %.6f", path, j, got[j], slope)
					}
				}
				setVariable(t, m, path, flat)
			}
		})
	}
}
