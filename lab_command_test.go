package main

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"slices"
	"testing"
)

// TestDefaultLabLearns runs the lab train as its users do, on all of MNIST.
func TestDefaultLabLearns(t *testing.T) {
	longWithoutRaces(t)
	out, err := exec.CommandContext(t.Context(), "aetutor", "lab", "train", "--json", "--set", "epochs=2", "--set", "seed=1").Output()
	if err != nil {
		t.Fatal(err)
	}
	type event struct {
		Event     string   `json:"event"`
		TrainLoss *float64 `json:"train_loss"`
		ValLoss   *float64 `json:"val_loss"`
		Epochs    *int     `json:"epochs"`
		Seconds   *float64 `json:"seconds"`
		Speed     *float64 `json:"samples_per_second"`
		Backend   *string  `json:"backend"`
		Seed      *int64   `json:"seed"`
	}
	var epochs, all []event
	for line := range bytes.Lines(out) {
		var e event
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatalf("%v in the line %s", err, line)
		}
		all = append(all, e)
		if e.Event == "epoch" {
			epochs = append(epochs, e)
		}
	}
	if len(epochs) != 2 || *epochs[1].ValLoss >= *epochs[0].ValLoss {
		t.Errorf("the epochs are %s", out[max(0, len(out)-1000):])
	}
	done := all[len(all)-1]
	if done.Event != "done" || slices.Contains([]any{done.TrainLoss == nil, done.ValLoss == nil, done.Epochs == nil,
		done.Seconds == nil, done.Speed == nil, done.Backend == nil, done.Seed == nil}, any(true)) {
		t.Fatalf("the last line lacks a key: %s", out[bytes.LastIndexByte(out[:len(out)-1], '\n')+1:])
	}
	if *done.ValLoss >= 0.022 || *done.Epochs != 2 || *done.Seed != 1 || *done.Seconds <= 0 || *done.Speed <= 0 || *done.Backend == "" {
		t.Errorf("it ends with %s", out[bytes.LastIndexByte(out[:len(out)-1], '\n')+1:])
	}
}
