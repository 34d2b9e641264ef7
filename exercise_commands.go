package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/plain"
	"github.com/aetutor/aetutor/progress"
)

func newInitCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init [DIR]",
		Short: "Write the exercises into a directory, or bring it up to date",
		Long: "Writes the exercises, as Go files to edit, into DIR. Without DIR it takes your last workspace, else the directory " +
			"aetutor below this one. It never overwrites a file that you changed, so it may be run again with a newer aetutor.",
		Args: func(cmd *cobra.Command, args []string) error {
			if cobra.MaximumNArgs(1)(cmd, args) != nil {
				return usageError{errors.New("name one directory, or none")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := exercises.Embedded()
			if err != nil {
				return err
			}
			w, changes, err := updateWorkspace(cmd.Context(), args, all)
			if err != nil {
				return err
			}
			return printChanges(cmd, w, all, changes)
		},
	}
}

// updateWorkspace brings a workspace up to date, and makes it where there is none.
func updateWorkspace(ctx context.Context, args []string, all []exercises.Exercise) (exercises.Workspace, []exercises.Change, error) {
	w, err := chooseWorkspace(args)
	if errors.Is(err, exercises.ErrOccupied) {
		return w, nil, usageError{err}
	}
	if path := new(fs.PathError); errors.As(err, &path) {
		return w, nil, fmt.Errorf("no exercises can be written to %s: %w; name another directory: aetutor init DIR",
			w.Dir, path.Err)
	}
	if err != nil {
		return w, nil, err
	}
	var tools exercises.Toolchain
	if !exercises.Packed() {
		if tools, err = exercises.FindToolchain(ctx); err != nil {
			return w, nil, err
		}
	}
	changes, err := w.Update(ctx, all, tools)
	if err != nil {
		return w, changes, err
	}
	return w, changes, rememberWorkspace(w)
}

// chooseWorkspace is the directory that was named, or the workspace that is in use, or a new one.
func chooseWorkspace(args []string) (exercises.Workspace, error) {
	if len(args) == 1 {
		return exercises.CreateWorkspace(args[0])
	}
	if w, err := findWorkspace(); err == nil {
		return w, nil
	}
	// The program itself may lie here under this name.
	if info, err := os.Stat("aetutor"); errors.Is(err, fs.ErrNotExist) || err == nil && info.IsDir() {
		return exercises.CreateWorkspace("aetutor")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return exercises.Workspace{}, usageError{errors.New("there is no place for a workspace here; name a directory: aetutor init DIR")}
	}
	return exercises.CreateWorkspace(filepath.Join(home, "aetutor"))
}

func printChanges(cmd *cobra.Command, w exercises.Workspace, all []exercises.Exercise, changes []exercises.Change) error {
	added := 0
	text := ""
	for _, c := range changes {
		if c.What == "added" {
			added++
			continue
		}
		text += fmt.Sprintf("%s: %s\n", c.Path, c.What)
	}
	if added > 0 {
		text += fmt.Sprintf("%d new files.\n", added)
	}
	if text == "" {
		text = "Everything is up to date.\n"
	}
	first := ""
	if len(all) > 0 {
		first = fmt.Sprintf("The first exercise is %s. Edit it, then run aetutor check.\n", displayPath(w.File(all[0])))
	}
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "Your exercises are in %s\n%s%s", w.Dir, text, first)
	return err
}

func newListCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the exercises and how far you are",
		Long: "Lists the exercises with what their last check found: todo, not tried; fail; pass; or seen, when the solution was shown " +
			"before a pass.\n\nWith --json it prints an array of objects with name, lesson, status and file.",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withExercises(cmd, func(all []exercises.Exercise, _ progress.Store, p progress.Progress) error {
				w, err := findWorkspace()
				if err != nil && !errors.As(err, new(usageError)) {
					return err
				}
				file := func(e exercises.Exercise) string { return w.File(e) }
				if err != nil {
					file = func(exercises.Exercise) string { return "" }
				}
				return plain.List(cmd.OutOrStdout(), all, p, file, asJSON)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON array")
	return cmd
}

// oneExercise is the arguments of a command for one exercise.
func oneExercise(cmd *cobra.Command, args []string) error {
	if cobra.ExactArgs(1)(cmd, args) != nil {
		return usageError{errors.New("name one exercise; aetutor list lists them")}
	}
	return nil
}

func newHintCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "hint NAME",
		Short: "Show a hint for an exercise, and the next one when asked again",
		Args:  oneExercise,
		RunE: func(cmd *cobra.Command, args []string) error {
			return withExercise(cmd, args[0], func(e exercises.Exercise, s progress.Store) error {
				return plain.Hint(cmd.OutOrStdout(), s, person, e, program)
			})
		},
	}
}

func newSolutionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "solution NAME",
		Short: "Show the solution of an exercise, after a pass or when asked twice",
		Args:  oneExercise,
		RunE: func(cmd *cobra.Command, args []string) error {
			return withExercise(cmd, args[0], func(e exercises.Exercise, s progress.Store) error {
				return plain.Solution(cmd.OutOrStdout(), s, person, e)
			})
		},
	}
}

func newExerciseResetCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "reset NAME",
		Short: "Put an exercise's file back as it was, after a question, and keep a backup",
		Args:  oneExercise,
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := exercises.Embedded()
			if err != nil {
				return err
			}
			e, err := chooseExercise(all, args[0])
			if err != nil {
				return err
			}
			w, err := findWorkspace()
			if err != nil {
				return err
			}
			if !yes && !isTerminal() {
				return usageError{errors.New("a reset asks first, and there is no terminal to ask on; --yes resets without asking")}
			}
			if !yes {
				agreed, err := ask(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout(), "Put "+displayPath(w.File(e))+" back as it was?")
				if err != nil {
					return err
				}
				if !agreed {
					_, err = fmt.Fprintln(cmd.OutOrStdout(), "Nothing was changed.")
					return err
				}
			}
			backup, err := w.Reset(e)
			if err != nil {
				return err
			}
			answer := "The file is as it was."
			if backup != "" {
				answer += " Yours is kept as " + displayPath(backup) + "."
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), answer)
			return err
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}
