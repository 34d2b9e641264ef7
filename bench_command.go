package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
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
	long       bool // it takes minutes, so it runs only when it is named
}

func benchmarks() []benchmark {
	return []benchmark{
		{"train", "one epoch on MNIST against its matrix products alone", benchTrain, false},
		{"neighbors", "exact nearest neighbours against their matrix products alone", benchNeighbors, false},
		{"memory", "the memory that training on MNIST takes", benchMemory, false},
		{"check", "a check of an exercise, from the edit to the verdict", benchCheck, false},
		{"screen", "the first frame, and keys answered while a lab trains", benchScreen, false},
		{"labs", "the first result of each lab and its whole default run, without kept models", benchLabs, true},
	}
}

func newBenchCommand(backend *string) *cobra.Command {
	var asJSON bool
	names := make([]string, 0, len(benchmarks()))
	var help strings.Builder
	help.WriteString("Measures how fast aetutor is on this machine. Without a name it runs all benchmarks but the long\n" +
		"ones, which run only when they are named:\n\n")
	for _, b := range benchmarks() {
		names = append(names, b.name)
		fmt.Fprintf(&help, "  %s: %s\n", b.name, b.help)
		if b.long {
			fmt.Fprintf(&help, "    (takes minutes: only when it is named)\n")
		}
	}
	cmd := &cobra.Command{
		Use:       "bench [NAME…]",
		Short:     "Measure the speed of training and of the screen",
		Long:      help.String(),
		Example:   "aetutor bench train --json\naetutor bench labs",
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
						cmd.Printf("  %-34s %10.4g   %s\n", f.key, f.value, f.help)
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

// chooseBenchmarks returns the benchmarks of some names; without a name all but the long ones.
func chooseBenchmarks(names []string) ([]benchmark, error) {
	if len(names) == 0 {
		return slices.DeleteFunc(benchmarks(), func(b benchmark) bool { return b.long }), nil
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
