package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
)

// benchMemory trains the lab's default autoencoder on all of MNIST for two epochs in a process of its own, and asks the
// system for the most memory that it held.
func benchMemory(ctx context.Context, backend string) ([]figure, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, program, "lab", "train", "--backend", backend, "--set", "epochs=2")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	peak, err := peakMemory(cmd.ProcessState)
	if err != nil {
		return nil, err
	}
	return []figure{{"train_peak_rss_bytes", peak, "most memory of a process that trains on all of MNIST"}}, nil
}
