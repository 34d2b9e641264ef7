package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/exercises/jail"
	"github.com/aetutor/aetutor/exercises/record"
	"github.com/aetutor/aetutor/plain"
	"github.com/aetutor/aetutor/progress"
)

const checkHelp = `Compiles your file of an exercise and runs it with several cases, the visible ones and hidden ones that are new
in each check. Without a name it checks the next exercise that does not pass yet. With --watch it
checks again whenever you save a file.

A check ends in one of these:
  pass     every case is right
  fail     a case is wrong
  todo     the file is as it was written
  build    the file does not compile
  panic    it panicked
  timeout  it took too long
  memory   it took too much memory

It exits with 0 when all passed, 1 when something did not, 2 for a mistake in the call and 3 without a Go toolchain.

With --json it prints one object a line for each exercise: name, lesson, status, cases, hint and seconds. cases is a list
of objects with name, ok, input, want, got and message.`

type checkOptions struct {
	all, json, watch bool
	seed             uint64
	seeded           bool // whether seed was given
}

// nextSeed is the seed that was given, or else a new one, short enough to be typed.
func (o checkOptions) nextSeed() uint64 {
	if o.seeded {
		return o.seed
	}
	return rand.Uint64N(1e6)
}

func newCheckCommand() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:     "check [NAME…]",
		Short:   "Check your exercises",
		Long:    checkHelp,
		Example: "aetutor check\naetutor check loss\naetutor check --all --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.all && len(args) > 0 {
				return usageError{errors.New("--all checks every exercise; leave out the names or --all")}
			}
			if o.all && o.watch {
				return usageError{errors.New("--watch checks each exercise as you save it; leave out --all")}
			}
			o.seeded = cmd.Flags().Changed("seed")
			return withExercises(cmd, func(all []exercises.Exercise, s progress.Store, p progress.Progress) error {
				chosen, err := chooseExercises(all, p, args, o.all)
				if err != nil {
					return err
				}
				if len(chosen) == 0 {
					cmd.PrintErrln(allPass)
					return nil
				}
				if o.watch {
					if len(args) == 0 {
						chosen = startingWith(chosen[0], all)
					}
					return watchExercises(cmd, o, s, all, chosen)
				}
				return checkExercises(cmd, o, s, chosen)
			})
		},
	}
	cmd.Flags().BoolVar(&o.all, "all", false, "check every exercise")
	cmd.Flags().BoolVar(&o.watch, "watch", false, "check again whenever a file is saved")
	cmd.Flags().BoolVar(&o.json, "json", false, "print one JSON object a line for each exercise")
	cmd.Flags().Uint64Var(&o.seed, "seed", 0, "make the hidden cases from this seed again, as an earlier check printed it")
	return cmd
}

// allPass is told when nothing is left to check.
const allPass = "All exercises pass. aetutor check --all checks them again."

// startingWith are all exercises with one of them first.
func startingWith(first exercises.Exercise, all []exercises.Exercise) []exercises.Exercise {
	chosen := []exercises.Exercise{first}
	for _, e := range all {
		if e.Name != first.Name {
			chosen = append(chosen, e)
		}
	}
	return chosen
}

// chooseExercises are the exercises that a check is about.
func chooseExercises(all []exercises.Exercise, p progress.Progress, names []string, every bool) ([]exercises.Exercise, error) {
	if every {
		return all, nil
	}
	if len(names) == 0 {
		if next, ok := record.Of(p).Next(all, ""); ok {
			return []exercises.Exercise{next}, nil
		}
		return nil, nil
	}
	var chosen []exercises.Exercise
	for _, name := range names {
		e, err := chooseExercise(all, name)
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, e)
	}
	return chosen, nil
}

// newChecker makes the checker of this machine. progress is told what takes long.
func newChecker(ctx context.Context, progress func(string)) (*exercises.Checker, error) {
	tools, err := exercises.FindToolchain(ctx)
	if err != nil {
		return nil, err
	}
	dir, ok := cacheDir()
	if !ok {
		return nil, errors.New("there is no directory to build in; set AETUTOR_CACHE to one that can be written")
	}
	confined, err := jail.New(ctx)
	if err != nil {
		return nil, err
	}
	return exercises.NewChecker(filepath.Join(dir, "exercises"), tools, confined, progress)
}

func checkExercises(cmd *cobra.Command, o checkOptions, s progress.Store, chosen []exercises.Exercise) error {
	w, err := findWorkspace()
	if err != nil {
		return err
	}
	c, err := newChecker(cmd.Context(), func(text string) { cmd.PrintErrln(text) })
	if err != nil {
		return err
	}
	failed := 0
	for _, e := range chosen {
		v, err := checkOne(cmd.Context(), c, w, e, o.nextSeed())
		if err != nil {
			return err
		}
		if v.Status != exercises.Pass {
			failed++
		}
		if err := reportVerdict(cmd.OutOrStdout(), o.json, s, v); err != nil {
			return err
		}
	}
	if failed > 0 {
		return reportedError{fmt.Errorf("%d of %d exercises did not pass", failed, len(chosen))}
	}
	return nil
}

// checkOne checks the learner's file of an exercise.
func checkOne(ctx context.Context, c *exercises.Checker, w exercises.Workspace, e exercises.Exercise, seed uint64) (exercises.Verdict, error) {
	source, err := w.Read(e)
	if errors.Is(err, fs.ErrNotExist) {
		return exercises.Verdict{}, fmt.Errorf("%w; aetutor init writes missing files again", err)
	}
	if err != nil {
		return exercises.Verdict{}, err
	}
	return c.Check(ctx, e, displayPath(w.File(e)), source, seed)
}

// program is what is written before a command.
const program = "aetutor"

// reportVerdict keeps a verdict, and prints it also where it cannot be kept.
func reportVerdict(w io.Writer, asJSON bool, s progress.Store, v exercises.Verdict) error {
	kept := plain.KeepVerdict(s, person, v)
	return errors.Join(plain.Verdict(w, v, program, asJSON), kept)
}

// displayPath is a path as seen from the working directory, if it lies below it.
func displayPath(path string) string {
	if here, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(rel) {
			return rel
		}
	}
	return path
}
