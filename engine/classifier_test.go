package engine

import (
	"context"
	"encoding/json"
	"errors"
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

// TestProbeMatchesScikitLearn compares with the same optimum, found by another algorithm in double precision.
func TestProbeMatchesScikitLearn(t *testing.T) {
	content, err := os.ReadFile("testdata/oracle/probe.json")
	if err != nil {
		t.Fatal(err)
	}
	var o struct {
		Classes       int       `json:"classes"`
		L2            float64   `json:"l2"`
		X             []float32 `json:"x"`
		Labels        []uint16  `json:"labels"`
		Probabilities []float64 `json:"probabilities"`
		Loss          float64   `json:"loss"`
		Accuracy      float64   `json:"accuracy"`
	}
	if err := json.Unmarshal(content, &o); err != nil {
		t.Fatal(err)
	}
	labels := make([]uint8, len(o.Labels))
	for i, label := range o.Labels {
		labels[i] = uint8(label)
	}
	c := ProbeConfig{Classes: o.Classes, L2: o.L2, Epochs: 3000, LearningRate: 0.02}
	k, err := TrainProbe(t.Context(), openGoBackend(t), c, o.X, labels)
	if err != nil {
		t.Fatal(err)
	}
	p, err := k.Probabilities(t.Context(), o.X)
	if err != nil {
		t.Fatal(err)
	}
	for i := range p {
		if !(math.Abs(float64(p[i])-o.Probabilities[i]) <= 1e-5) {
			t.Fatalf("probability %d is %.7f, scikit-learn has %.7f", i, p[i], o.Probabilities[i])
		}
	}
	losses := k.losses
	if got := losses[len(losses)-1]; !(math.Abs(got-o.Loss) <= 1e-6) {
		t.Errorf("loss %.7f, scikit-learn has %.7f", got, o.Loss)
	}
	if got, err := k.Accuracy(t.Context(), o.X, labels); err != nil || math.Abs(got-o.Accuracy) > 1e-9 {
		t.Errorf("accuracy %v, %v, scikit-learn has %v", got, err, o.Accuracy)
	}
}

// halves are the stripes in two classes that a linear function tells apart, lines of even and of odd number.
func halves(t *testing.T, n int) *data.Dataset {
	t.Helper()
	d := *stripes(t, n)
	d.Classes, d.Labels = []string{"even", "odd"}, slices.Clone(d.Labels)
	for i, label := range d.Labels {
		d.Labels[i] = label % 2
	}
	return &d
}

func probeConfig() ProbeConfig {
	return ProbeConfig{Classes: 2, Epochs: 60, BatchSize: 16, LearningRate: 0.02, Seed: 1}
}

func TestClassifiersLearn(t *testing.T) {
	set, b := halves(t, 200), openGoBackend(t)
	c := smallConfig()
	c.Epochs = 20
	run, err := NewRun(b, c, stripes(t, 200), stripes(t, 50))
	if err != nil {
		t.Fatal(err)
	}
	last[DoneEvent](t, events(t.Context(), run))
	pretrained := run.Model()
	before := reconstruct(t, pretrained)
	for name, c := range map[string]ClassifierConfig{
		"scratch":    {ProbeConfig: probeConfig(), Architecture: pretrained.Architecture()},
		"fine-tuned": {ProbeConfig: probeConfig(), Pretrained: pretrained},
		"frozen":     {ProbeConfig: probeConfig(), Pretrained: pretrained, Frozen: true},
	} {
		t.Run(name, func(t *testing.T) {
			k, err := TrainClassifier(t.Context(), b, c, set)
			if err != nil {
				t.Fatal(err)
			}
			losses := k.losses
			if first, last := losses[0], losses[len(losses)-1]; last > 0.9*first {
				t.Errorf("the loss went from %v to %v", first, last)
			}
			again, err := TrainClassifier(t.Context(), b, c, set)
			if err != nil || !slices.Equal(again.losses, losses) {
				t.Errorf("a second training with the same seed differs, %v", err)
			}
			accuracy, err := k.AccuracyOn(t.Context(), set)
			if err != nil {
				t.Fatal(err)
			}
			if accuracy < 0.75 {
				t.Errorf("accuracy %v", accuracy)
			}
		})
	}
	if !slices.Equal(before, reconstruct(t, pretrained)) {
		t.Error("training classifiers changed the pretrained model")
	}
}

// TestCrossEntropyOfKnownScores follows the first step by hand.
func TestCrossEntropyOfKnownScores(t *testing.T) {
	k, err := TrainProbe(t.Context(), openGoBackend(t), ProbeConfig{Classes: 3, Epochs: 1, LearningRate: 0.1},
		[]float32{1, -1, 2}, []uint8{0, 1, 2})
	if err != nil {
		t.Fatal(err)
	}
	// All scores start at 0, so each class has chance 1/3.
	if got := k.losses[0]; !(math.Abs(got-math.Log(3)) <= 1e-6) {
		t.Errorf("the first loss is %v, want log 3", got)
	}
	// dL/dW = mean x·(p − y): for the classes (1/3−1)·1 + 1/3·(−1) + 1/3·2 = −1/3, 5/3, −4/3, over 3. Adam's first step
	// is 0.1 against the sign. The same for b with a gradient of 0.
	p, err := k.Probabilities(t.Context(), []float32{1})
	if err != nil {
		t.Fatal(err)
	}
	sum := 2*math.Exp(0.1) + math.Exp(-0.1)
	for i, want := range []float64{math.Exp(0.1) / sum, math.Exp(-0.1) / sum, math.Exp(0.1) / sum} {
		if !(math.Abs(float64(p[i])-want) <= 1e-3) {
			t.Errorf("class %d has chance %v after one step, want %v", i, p[i], want)
		}
	}
}

func TestProbeStopsEarly(t *testing.T) {
	c := probeConfig()
	c.Epochs, c.BatchSize, c.Patience, c.L2 = 100_000, 0, 5, 0.1
	k, err := TrainProbe(t.Context(), openGoBackend(t), c, []float32{1, 2, -1, -2}, []uint8{0, 0, 1, 1})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(k.losses); n > 10_000 {
		t.Errorf("stopped after %d epochs", n)
	}
	c.Patience = 0
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := TrainProbe(ctx, openGoBackend(t), c, []float32{1, 2, -1, -2}, []uint8{0, 0, 1, 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled training ended with %v", err)
	}
}

func TestFewLabels(t *testing.T) {
	set := halves(t, 200)
	few, err := FewLabels(set, 7, 1)
	if err != nil {
		t.Fatal(err)
	}
	var counts [2]int
	for _, label := range few.Labels {
		counts[label]++
	}
	if counts != [2]int{7, 7} {
		t.Errorf("%v examples of the classes, want 7 each", counts)
	}
	again, err := FewLabels(set, 7, 1)
	if err != nil || !slices.Equal(again.Labels, few.Labels) {
		t.Errorf("the same seed gives others, %v", err)
	}
	for _, n := range []int{0, -1, 150} {
		if _, err := FewLabels(set, n, 1); err == nil || !strings.Contains(err.Error(), "take from 1 to that") {
			t.Errorf("%d a class: %v", n, err)
		}
	}
	unlabelled := *set
	unlabelled.Labels = nil
	if _, err := FewLabels(&unlabelled, 3, 1); err == nil || !strings.Contains(err.Error(), "each example needs one") {
		t.Errorf("without labels: %v", err)
	}
}

func TestProbeErrors(t *testing.T) {
	b := openGoBackend(t)
	tests := map[string]struct {
		spoil  func(*ProbeConfig)
		x      []float32
		labels []uint8
		want   string
	}{
		"one class given":  {nil, []float32{1, 2}, []uint8{1, 1}, "all 2 examples are of class 1"},
		"one class asked":  {func(c *ProbeConfig) { c.Classes = 1 }, []float32{1, 2}, []uint8{0, 1}, "1 classes"},
		"label too large":  {nil, []float32{1, 2}, []uint8{0, 2}, "label 2 of example 1"},
		"no labels":        {nil, []float32{1, 2}, nil, "each example needs one label"},
		"uneven":           {nil, []float32{1, 2, 3}, []uint8{0, 1}, "each example needs one label"},
		"no number":        {nil, []float32{1, float32(math.NaN())}, []uint8{0, 1}, "value 1 of the features is NaN"},
		"large batch":      {func(c *ProbeConfig) { c.BatchSize = 3 }, []float32{1, 2}, []uint8{0, 1}, "the batch size is 3"},
		"L2":               {func(c *ProbeConfig) { c.L2 = math.NaN() }, []float32{1, 2}, []uint8{0, 1}, "L2 is NaN"},
		"epochs":           {func(c *ProbeConfig) { c.Epochs = 0 }, []float32{1, 2}, []uint8{0, 1}, "0 epochs"},
		"patience":         {func(c *ProbeConfig) { c.Patience = -1 }, []float32{1, 2}, []uint8{0, 1}, "patience -1"},
		"no learning rate": {func(c *ProbeConfig) { c.LearningRate = 0 }, []float32{1, 2}, []uint8{0, 1}, "the learning rate is 0"},
	}
	for name, test := range tests {
		c := probeConfig()
		c.BatchSize = 0
		if test.spoil != nil {
			test.spoil(&c)
		}
		if _, err := TrainProbe(t.Context(), b, c, test.x, test.labels); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want it to say %q", name, err, test.want)
		}
	}
}

// TestClassifierGradients compares the gradients of an encoder with its head with finite differences of the cross
// entropy.
func TestClassifierGradients(t *testing.T) {
	b := openGoBackend(t)
	m, err := NewModel(b, NewArchitecture([]int{5}, Tanh, []int{4}, 3), 11)
	if err != nil {
		t.Fatal(err)
	}
	k, err := newClassifier(b, m, 5, 3)
	if err != nil {
		t.Fatal(err)
	}
	setVariable(t, m, "/head/weights", []float32{.3, -.2, .5, .1, .4, -.6, .2, .7, -.1})
	args := []any{
		tensors.FromFlatDataAndDimensions([]float32{.1, .9, .4, .7, .2, .8, .3, .5, .6, .95}, 2, 5),
		tensors.FromFlatDataAndDimensions([]float32{0, 1, 0, 0, 0, 1}, 2, 3),
	}
	var paths []string
	slopes := model.MustNewExec(b.compute, m.store, func(scope *model.Scope, x, hot *graph.Node) []*graph.Node {
		n, scores := k.scores(scope, x)
		var nodes []*graph.Node
		for _, g := range n.gradients(crossEntropy(scores, hot)) {
			paths, nodes = append(paths, g.variable.Path()), append(nodes, g.node)
		}
		return nodes
	})
	losses := model.MustNewExec(b.compute, m.store, func(scope *model.Scope, x, hot *graph.Node) *graph.Node {
		scope.SetTraining(x.Graph(), true)
		_, scores := k.scores(scope, x)
		return crossEntropy(scores, hot)
	})
	gradients := slopes.MustCall(args...)
	if len(paths) != 6 {
		t.Fatalf("gradients of %v, want those of two layers and the head", paths)
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
				return float64(tensors.ToScalar[float32](losses.MustCall(args...)[0]))
			}
			slope := (at(flat[j]+h) - at(flat[j]-h)) / (2 * h)
			if !(math.Abs(slope-float64(got[j])) <= 1e-3) {
				t.Errorf("%s[%d]: gradient %.6f, slope %.6f", path, j, got[j], slope)
			}
		}
		setVariable(t, m, path, flat)
	}
}
