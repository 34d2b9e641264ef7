package main

import (
	"context"
	"errors"
	"testing"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
)

func TestMeasureEpoch(t *testing.T) {
	b, err := engine.Open("go")
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	set, err := data.BreastCancer()
	if err != nil {
		t.Fatal(err)
	}
	c := engine.Config{
		Architecture: engine.NewArchitecture([]int{30}, engine.ReLU, []int{8}, 2), Seed: 1, Epochs: 2, BatchSize: 16,
		LearningRate: 1e-6, Optimizer: "adam",
	}
	train, gemm, err := measureEpoch(t.Context(), b, c, set, set)
	if err != nil || train <= 0 || gemm <= 0 {
		t.Errorf("training takes %v, its products %v, %v", train, gemm, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := measureEpoch(ctx, b, c, set, set); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled measurement ends with %v", err)
	}
}
