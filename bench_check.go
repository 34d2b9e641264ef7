package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/aetutor/aetutor/exercises"
)

const (
	benchExercise = "loss" // a graph of GoMLX, so that the program is as large as they get
	benchEdits    = 9
)

// benchCheck edits one exercise again and again, and compares the whole command `aetutor check` with what go build takes
// for such an edit by itself.
func benchCheck(ctx context.Context, _ string) (figures []figure, err error) {
	all, err := exercises.Embedded()
	if err != nil {
		return nil, err
	}
	e, ok := exercises.Find(all, benchExercise)
	if !ok {
		return nil, fmt.Errorf("there is no exercise %s", benchExercise)
	}
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "aetutor-bench-*")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	w, err := exercises.CreateWorkspace(filepath.Join(dir, "workspace"))
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(w.File(e)), 0o755); err != nil {
		return nil, err
	}
	c, err := newChecker(ctx, func(string) {})
	if err != nil {
		return nil, err
	}
	check := func(source []byte) (time.Duration, error) {
		if err := os.WriteFile(w.File(e), source, 0o644); err != nil {
			return 0, err
		}
		cmd := exec.CommandContext(ctx, program, "check", e.Name)
		cmd.Dir, cmd.Env = w.Dir, append(os.Environ(), "AETUTOR_STATE="+filepath.Join(dir, "state"))
		start := time.Now()
		out, err := cmd.CombinedOutput()
		if err != nil {
			return 0, fmt.Errorf("aetutor check: %w: %s", err, out)
		}
		return time.Since(start), nil
	}
	if _, err := check(e.Solution); err != nil {
		return nil, err
	}
	var checks, builds []time.Duration
	for range benchEdits {
		// Each edit is one that no cache has seen.
		edit := func() []byte {
			return fmt.Appendf(slices.Clone(e.Solution), "\nconst edit = %d\n", time.Now().UnixNano())
		}
		took, err := check(edit())
		if err != nil {
			return nil, err
		}
		alone, err := c.BuildAlone(ctx, e, edit())
		if err != nil {
			return nil, err
		}
		checks, builds = append(checks, took), append(builds, alone)
	}
	warm := median(checks)
	return []figure{
		{"check_warm_seconds", warm.Seconds(), fmt.Sprintf("from the edit to the verdict, median of %d edits", benchEdits)},
		{"check_over_build", warm.Seconds() / median(builds).Seconds(), "that, over go build of such an edit by itself"},
	}, nil
}

// median is the middle one of an odd number of times.
func median(times []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[len(sorted)/2]
}
