package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/internal/atomicfile"
	"github.com/aetutor/aetutor/progress"
)

// errNoWorkspace says that there are no files to check yet.
var errNoWorkspace = usageError{errors.New("there is no workspace yet; aetutor init makes one")}

// workspaceFile is where the path of the last workspace is kept.
func workspaceFile() (string, error) {
	path, err := progress.DefaultPath()
	return filepath.Join(filepath.Dir(path), "workspace"), err
}

// rememberWorkspace lets later commands find the workspace from anywhere.
func rememberWorkspace(w exercises.Workspace) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("the exercises are in %s, but other directories cannot be told so: %w; go there to check them, "+
				"or set AETUTOR_STATE to a directory that can be written", w.Dir, err)
		}
	}()
	path, err := workspaceFile()
	if err != nil {
		return err
	}
	content := []byte(w.Dir + "\n")
	// Nearly every command comes here, and most have nothing new to keep.
	if known, err := os.ReadFile(path); err == nil && bytes.Equal(known, content) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return atomicfile.Write(path, content, 0o600)
}

// findWorkspace is the workspace around the working directory, or else the last one that was used. Its error is a
// usageError where there is none.
func findWorkspace() (exercises.Workspace, error) {
	if w, ok := exercises.FindWorkspace("."); ok {
		// Here the workspace serves all the same when other directories cannot be told of it.
		_ = rememberWorkspace(w)
		return w, nil
	}
	path, err := workspaceFile()
	if err != nil {
		return exercises.Workspace{}, errNoWorkspace
	}
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return exercises.Workspace{}, errNoWorkspace
	}
	if err != nil {
		return exercises.Workspace{}, usageError{fmt.Errorf("where the workspace is cannot be read: %w; "+
			"go into its directory, or make one with aetutor init DIR", err)}
	}
	dir := strings.TrimSpace(string(content))
	if w, ok := exercises.FindWorkspace(dir); ok {
		return w, nil
	}
	return exercises.Workspace{}, usageError{fmt.Errorf("the workspace %s is gone; aetutor init makes a new one", dir)}
}

// chooseExercise is the exercise of a name, which may also be the path of its file.
func chooseExercise(all []exercises.Exercise, name string) (exercises.Exercise, error) {
	base := strings.TrimSuffix(filepath.Base(name), ".go")
	e, ok := exercises.Find(all, base)
	if !ok {
		return e, usageError{fmt.Errorf("there is no exercise %q; aetutor list lists them all%s", name, alike(all, base))}
	}
	return e, nil
}

// alike names the exercise whose name is nearly the same, for a message; "" without one.
func alike(all []exercises.Exercise, name string) string {
	root := &cobra.Command{}
	for _, e := range all {
		root.AddCommand(&cobra.Command{Use: e.Name, Run: func(*cobra.Command, []string) {}})
	}
	root.SuggestionsMinimumDistance = 2
	if near := root.SuggestionsFor(name); len(near) > 0 {
		return fmt.Sprintf("; is it %s?", near[0])
	}
	return ""
}

// withExercises gives do the exercises and what is kept of the learner. Where nothing can be kept it says so on standard
// error, and do goes on with a store that lasts as long as it.
func withExercises(cmd *cobra.Command, do func(all []exercises.Exercise, s progress.Store, p progress.Progress) error) (err error) {
	all, err := exercises.Embedded()
	if err != nil {
		return err
	}
	s, p, notice := openProgress()
	if notice != "" {
		cmd.PrintErrln("aetutor: " + notice)
	}
	if s == nil {
		if s, err = progress.OpenMemory(); err != nil {
			return err
		}
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return do(all, s, p)
}

// withExercise gives do the exercise of a name and where what the learner did is kept.
func withExercise(cmd *cobra.Command, name string, do func(e exercises.Exercise, s progress.Store) error) error {
	return withExercises(cmd, func(all []exercises.Exercise, s progress.Store, _ progress.Progress) error {
		e, err := chooseExercise(all, name)
		if err != nil {
			return err
		}
		return do(e, s)
	})
}
