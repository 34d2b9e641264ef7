package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/exercises"
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
func rememberWorkspace(w exercises.Workspace) error {
	path, err := workspaceFile()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(w.Dir+"\n"), 0o600)
}

// findWorkspace is the workspace around the working directory, or else the last one that was used.
func findWorkspace() (exercises.Workspace, error) {
	if w, ok := exercises.FindWorkspace("."); ok {
		return w, rememberWorkspace(w)
	}
	path, err := workspaceFile()
	if err != nil {
		return exercises.Workspace{}, err
	}
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return exercises.Workspace{}, errNoWorkspace
	}
	if err != nil {
		return exercises.Workspace{}, err
	}
	dir := strings.TrimSpace(string(content))
	if w, ok := exercises.FindWorkspace(dir); ok {
		return w, nil
	}
	return exercises.Workspace{}, usageError{fmt.Errorf("the workspace %s is gone; aetutor init makes a new one", dir)}
}

// chooseExercise is the exercise of a name, which may also be the path of its file.
func chooseExercise(all []exercises.Exercise, name string) (exercises.Exercise, error) {
	e, ok := exercises.Find(all, strings.TrimSuffix(filepath.Base(name), ".go"))
	if !ok {
		return e, usageError{fmt.Errorf("there is no exercise %q; there are %s", name, exercises.Names(all))}
	}
	return e, nil
}

// statusOf is what is kept of an exercise.
func statusOf(p progress.Progress, name string) progress.ExerciseStatus {
	i := slices.IndexFunc(p.Exercises, func(s progress.ExerciseStatus) bool { return s.Name == name })
	if i < 0 {
		return progress.ExerciseStatus{Name: name, Status: progress.Todo}
	}
	return p.Exercises[i]
}

// hintsOf is how many hints of an exercise were shown.
func hintsOf(p progress.Progress, name string) int {
	for _, h := range p.Hints {
		if h.Name == name {
			return h.Hints
		}
	}
	return 0
}

// nextExercise is the first exercise that never passed and whose solution was not shown.
func nextExercise(all []exercises.Exercise, p progress.Progress) (exercises.Exercise, bool) {
	for _, e := range all {
		if s := statusOf(p, e.Name); !s.Passed && !s.Seen {
			return e, true
		}
	}
	return exercises.Exercise{}, false
}

// verdictFact is a verdict as it is kept; an untouched file is no try.
func verdictFact(v exercises.Verdict) progress.ExerciseStatus {
	status := progress.Fail
	switch v.Status {
	case exercises.Pass:
		status = progress.Pass
	case exercises.Todo:
		status = progress.Todo
	case exercises.Fail, exercises.Build, exercises.Panic, exercises.Timeout, exercises.Memory:
	}
	return progress.ExerciseStatus{Name: v.Name, Status: status}
}

// withExercises gives do the exercises and what is kept of the learner.
func withExercises(cmd *cobra.Command, do func(all []exercises.Exercise, s progress.Store, p progress.Progress) error) error {
	all, err := exercises.Embedded()
	if err != nil {
		return err
	}
	return withProgress(cmd, func(s progress.Store, _ string) error {
		p, err := s.Load(person)
		if err != nil {
			return err
		}
		return do(all, s, p)
	})
}
