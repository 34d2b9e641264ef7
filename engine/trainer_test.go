package engine

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
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
		layer := Layer{Units: units, Activation: Linear}
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
		for _, inGraph := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, in the graph %v", name, inGraph), func(t *testing.T) { o.check(t, name, inGraph) })
		}
	}
}

// check trains with one optimizer, whose update is in the graph as for a GPU, or after it as for the Go backend.
func (o oracle) check(t *testing.T, name string, inGraph bool) {
	t.Helper()
	m := o.model(t)
	trainer, err := newTrainer(m, Config{Architecture: m.architecture, Optimizer: name})
	if err != nil {
		t.Fatal(err)
	}
	if inGraph {
		trainer.mover.host = nil
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
		l, err := trainer.train(t.Context(), batch, pass{examples: []int{0, 1, 2, 3}, learningRate: o.Rates[name]})
		if err != nil {
			t.Fatal(err)
		}
		if want := o.Losses[name][step]; !(math.Abs(l.loss-want) <= 1e-5*want) {
			t.Errorf("step %d: loss %.8f, NumPy has %.8f", step+1, l.loss, want)
		}
	}
}

// TestGradientsMatchFiniteDifferences compares each gradient with the slope of the loss around the weight.
func TestGradientsMatchFiniteDifferences(t *testing.T) {
	// The seed keeps every ReLU away from its kink, where there is no slope to compare with.
	for _, act := range Activations() {
		t.Run(string(act), func(t *testing.T) {
			m, err := NewModel(openGoBackend(t), NewArchitecture([]int{5}, act, []int{4}, 3), 11)
			if err != nil {
				t.Fatal(err)
			}
			x := []float32{.1, .9, .4, .7, .2, .8, .3, .5, .6, .95}
			checkGradients(t, m, Config{Architecture: m.architecture}, 0, tensors.FromFlatDataAndDimensions(x, 2, 5))
		})
	}
}

// checkGradients compares the gradients of the loss that a configuration trains on with finite differences of that
// loss. inputs are those of a batch.
func checkGradients(t *testing.T, m *Model, c Config, beta float32, inputs ...any) {
	t.Helper()
	var paths []string
	objective := c.objective()
	graphOf := func(scope *model.Scope, inputs []*graph.Node) (autoencoder, *graph.Node) {
		ae := m.architecture.build(m.initialized(scope), inputs[0], true)
		target, mask := targets(inputs[:len(inputs)-1])
		loss, _, _ := objective.loss(ae, target, mask, inputs[len(inputs)-1])
		return ae, loss
	}
	slopes := model.MustNewExec(m.backend.compute, m.store, func(scope *model.Scope, inputs []*graph.Node) []*graph.Node {
		ae, loss := graphOf(scope, inputs)
		var nodes []*graph.Node
		for _, g := range ae.network.gradients(loss) {
			paths, nodes = append(paths, g.variable.Path()), append(nodes, g.node)
		}
		return nodes
	})
	losses := model.MustNewExec(m.backend.compute, m.store, func(scope *model.Scope, inputs []*graph.Node) *graph.Node {
		scope.SetTraining(inputs[0].Graph(), true)
		_, loss := graphOf(scope, inputs)
		return loss
	})
	args := append(inputs, beta)
	reset := func() { // The draws of codes are to be the same each time.
		if err := m.store.SetRNGStateFromSeed(5); err != nil {
			t.Fatal(err)
		}
	}
	reset()
	gradients := slopes.MustCall(args...)
	if len(gradients) != len(m.architecture.parameters()) {
		t.Fatalf("%d gradients, the model has %d variables", len(gradients), len(m.architecture.parameters()))
	}
	for i, path := range paths {
		flat := tensors.MustCopyFlatData[float32](m.store.GetVariable(path).MustValue())
		got := tensors.MustCopyFlatData[float32](gradients[i])
		for j := range flat {
			const h = 5e-3
			at := func(value float32) float64 {
				moved := slices.Clone(flat)
				moved[j] = value
				setVariable(t, m, path, moved)
				reset()
				return float64(tensors.ToScalar[float32](losses.MustCall(args...)[0]))
			}
			slope := (at(flat[j]+h) - at(flat[j]-h)) / (2 * h)
			if !(math.Abs(slope-float64(got[j])) <= 2e-3*max(1, math.Abs(slope))) {
				t.Errorf("%s[%d]: gradient %.6f, slope %.6f", path, j, got[j], slope)
			}
		}
		setVariable(t, m, path, flat)
	}
}

// TestMomentsStayNormalNumbers follows weights whose gradient has become exactly 0. Below the smallest normal float32
// every multiplication would take a hundred times as long.
func TestMomentsStayNormalNumbers(t *testing.T) {
	const n, smallest = 40, 1.17549435e-38
	w, g, m, v := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
	for i := range m {
		w[i], m[i], v[i] = 1, 1e-5, 1e-10
	}
	o := optimizer{name: "adam"}
	for range 100_000 {
		size, eps := o.scales(0.001)
		adam(w, g, m, v, size, eps)
	}
	for i := range m {
		if m[i] < smallest || v[i] < smallest {
			t.Fatalf("moments %v and %v of weight %d", m[i], v[i], i)
		}
	}
}

// Memory that is gone must end a run with an error, also in the goroutines that move the large layers.
func TestLostMemoryIsAnError(t *testing.T) {
	for name, width := range map[string]int{"moved by the caller": 4, "moved in a goroutine": chunk} {
		t.Run(name, func(t *testing.T) {
			m, err := NewModel(openGoBackend(t), NewArchitecture([]int{width}, Linear, nil, 1), 1)
			if err != nil {
				t.Fatal(err)
			}
			trainer, err := newTrainer(m, Config{Architecture: m.architecture, Optimizer: "adam"})
			if err != nil {
				t.Fatal(err)
			}
			lost := trainer.mover.host.parameters[0]
			if err := lost.gradients[0].MustValue().FinalizeAll(); err != nil {
				t.Fatal(err)
			}
			err = trainer.mover.finish(1, 0.1, 0.1)
			if err == nil || !strings.Contains(err.Error(), lost.weights.Path()) {
				t.Errorf("finish: %v, want an error that names %s", err, lost.weights.Path())
			}
		})
	}
}
