package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// figure is one measured number of a benchmark.
type figure struct {
	key   string
	value float64
	help  string // what it is, in words
}

// benchmark measures some figures.
type benchmark struct {
	name, help string
	run        func(ctx context.Context, backend string) ([]figure, error)
}

func benchmarks() []benchmark {
	return []benchmark{
		{"train", "one epoch on MNIST against its matrix products alone", benchTrain},
		{"neighbors", "exact nearest neighbours against their matrix products alone", benchNeighbors},
		{"memory", "the memory that training on MNIST takes", benchMemory},
		{"check", "a check of an exercise, from the edit to the verdict", benchCheck},
		{"screen", "the first frame, and keys answered while a lab trains", benchScreen},
	}
}

func newBenchCommand(backend *string) *cobra.Command {
	var asJSON bool
	names := make([]string, 0, len(benchmarks()))
	var help strings.Builder
	help.WriteString("Measures how fast aetutor is on this machine. Without a name it runs all benchmarks:\n\n")
	for _, b := range benchmarks() {
		names = append(names, b.name)
		fmt.Fprintf(&help, "  %s: %s\n", b.name, b.help)
	}
	cmd := &cobra.Command{
		Use:       "bench [NAME…]",
		Short:     "Measure the speed of training and of the screen",
		Long:      help.String(),
		Example:   "aetutor bench train --json",
		ValidArgs: names,
		RunE: func(cmd *cobra.Command, args []string) error {
			chosen, err := chooseBenchmarks(args)
			if err != nil {
				return usageError{fmt.Errorf("%w; there are %s", err, strings.Join(names, ", "))}
			}
			var figures []figure
			for _, b := range chosen {
				if !asJSON {
					cmd.Printf("%s: %s …\n", b.name, b.help)
				}
				found, err := b.run(cmd.Context(), *backend)
				if err != nil {
					return fmt.Errorf("benchmark %s: %w", b.name, err)
				}
				for _, f := range found {
					if !asJSON {
						cmd.Printf("  %-22s %10.4g   %s\n", f.key, f.value, f.help)
					}
				}
				figures = append(figures, found...)
			}
			if !asJSON {
				return nil
			}
			flat := map[string]float64{}
			for _, f := range figures {
				flat[f.key] = f.value
			}
			return json.NewEncoder(cmd.OutOrStdout()).Encode(flat)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

// chooseBenchmarks returns the benchmarks of some names, all without a name.
func chooseBenchmarks(names []string) ([]benchmark, error) {
	if len(names) == 0 {
		return benchmarks(), nil
	}
	var chosen []benchmark
	for _, name := range names {
		found := false
		for _, b := range benchmarks() {
			if b.name == name {
				chosen, found = append(chosen, b), true
			}
		}
		if !found {
			return nil, fmt.Errorf("there is no benchmark %q", name)
		}
	}
	return chosen, nil
}
