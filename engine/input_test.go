package engine

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/data"
)

// refuses expects an error that says something; a panic would fail the test.
func refuses(t *testing.T, doing string, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "runtime error") {
		t.Errorf("%s: %v, want an error with %q", doing, err, want)
	}
}

func TestModelsRefuseWrongInput(t *testing.T) {
	plain, err := NewModel(openGoBackend(t), smallConfig().Architecture, 1)
	if err != nil {
		t.Fatal(err)
	}
	generative, err := NewModel(openGoBackend(t), variational().Architecture, 1)
	if err != nil {
		t.Fatal(err)
	}
	posterior := func(ctx context.Context, x []float32) ([]float32, error) {
		mean, _, err := generative.Posterior(ctx, x)
		return mean, err
	}
	for name, f := range map[string]func(context.Context, []float32) ([]float32, error){
		"encoding": plain.Encode, "reconstructing": plain.Reconstruct, "measuring": plain.Errors, "decoding": plain.Decode, "encoding to a distribution": posterior,
	} {
		width := 16
		if name == "decoding" {
			width = 4
		}
		_, err := f(t.Context(), make([]float32, 2*width+1))
		refuses(t, name, err, "values are not a whole number of examples of")
		for text, bad := range map[string]float64{"NaN": math.NaN(), "-Inf": math.Inf(-1)} {
			x := make([]float32, 3*width)
			x[2*width+1] = float32(bad)
			_, err = f(t.Context(), x)
			refuses(t, name, err, "value 1 of example 2 is "+text+"; all must be finite numbers")
		}
		ended, end := context.WithCancel(t.Context())
		end()
		if _, err := f(ended, make([]float32, width)); !errors.Is(err, context.Canceled) {
			t.Errorf("%s after the end of the context: %v", name, err)
		}
		if y, err := f(t.Context(), nil); err != nil || len(y) != 0 {
			t.Errorf("%s nothing: %v, %v", name, y, err)
		}
	}
	_, err = plain.Sample(t.Context(), 1, 1)
	refuses(t, "sampling", err, "plain autoencoder")
	_, err = generative.Sample(t.Context(), 0, 1)
	refuses(t, "sampling", err, "0 samples; take from 1 to 100000")
}

func TestTrainingRefusesWrongInput(t *testing.T) {
	b := openGoBackend(t)
	c := smallConfig()
	_, err := NewRun(b, c, nil, nil)
	refuses(t, "a run on nothing", err, "there are no training examples")
	_, err = NewRun(b, c, stripes(t, 10), stripes(t, 10))
	refuses(t, "a run", err, "the batch size is 16; it must be from 1 to 10")
	_, err = NewRun(b, c, stripes(t, 0), stripes(t, 10))
	refuses(t, "a run", err, "stripes has no examples")
	for _, size := range []int{0, -1, MaxBatchSize + 1} {
		_, err = NewProducts(b, c.Architecture, size)
		refuses(t, "products", err, "it must be from 1 to 8192")
	}
	set := stripes(t, 200)
	set.Classes = append(set.Classes, "dots")
	_, err = FewLabels(set, 1, 1)
	refuses(t, "few labels", err, "stripes has no example of class dots")
	_, err = FewLabels(stripes(t, 200), 200, 1)
	refuses(t, "few labels", err, "200 examples of each class; stripes has ")
	cancer, err := data.BreastCancer()
	if err != nil {
		t.Fatal(err)
	}
	probe := ProbeConfig{Classes: 2, Epochs: 1, LearningRate: 0.1}
	_, err = TrainClassifier(t.Context(), b, ClassifierConfig{ProbeConfig: probe, Architecture: c.Architecture}, cancer)
	refuses(t, "a classifier", err, "has 30 values an example, the encoder takes 16")
	probe.Classes = 1
	_, err = TrainClassifier(t.Context(), b, ClassifierConfig{ProbeConfig: probe, Architecture: c.Architecture}, cancer)
	refuses(t, "a classifier", err, "1 classes; a classifier tells from 2 to 256 apart")
	probe.Classes = 2
	_, err = TrainClassifier(t.Context(), b, ClassifierConfig{ProbeConfig: probe, Architecture: Architecture{}}, cancer.Slice(0, 0))
	refuses(t, "a classifier of nothing", err, "0 labels for 0 examples")
	_, err = NewMatrix(b, 0, 3)
	refuses(t, "a matrix", err, "a side is 0; it must be from 1 to 1073741824")
	_, err = NewMatrix(b, 1<<30, 1<<30)
	refuses(t, "a matrix", err, "a matrix of 1073741824×1073741824: 1152921504606846976 values; at most 1073741824 are allowed")
	_, err = NewMatMul(b, 1, -1, 1)
	refuses(t, "a product", err, "a side is -1")
}

// TestAConstantSetCanBeLearned trains on values without any variance.
func TestAConstantSetCanBeLearned(t *testing.T) {
	flat, err := data.NewRows(data.Dataset{Name: "constant", Shape: []int{4, 4}}, make([]float32, 16*40))
	if err != nil {
		t.Fatal(err)
	}
	run, err := NewRun(openGoBackend(t), smallConfig(), flat, flat)
	if err != nil {
		t.Fatal(err)
	}
	if done := last[DoneEvent](t, events(t.Context(), run)); !(done.ValLoss < 1e-3) {
		t.Errorf("zeros are learned with an error of %v", done.ValLoss)
	}
}
