package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/tui/exercise"
)

// workbench is the files of the person at this machine, for the screen of an exercise.
type workbench struct {
	all []exercises.Exercise

	making sync.Mutex // one workspace at a time is made
}

// Source implements exercise.Workbench.
func (b *workbench) Source(e exercises.Exercise) (text, path string, err error) {
	w, err := findWorkspace()
	if errors.As(err, new(usageError)) {
		return string(e.Source), "", nil // There is no workspace yet.
	}
	if err != nil {
		return "", "", err
	}
	source, err := w.Read(e)
	if errors.Is(err, fs.ErrNotExist) {
		return string(e.Source), "", nil
	}
	return string(source), displayPath(w.File(e)), err
}

// Edit implements exercise.Workbench. It makes the workspace where there is none, and the file where it is missing.
func (b *workbench) Edit(ctx context.Context, e exercises.Exercise) (exercise.Editing, error) {
	note, err := b.make(ctx, e)
	if err != nil {
		return exercise.Editing{}, err
	}
	w, err := findWorkspace()
	if err != nil {
		return exercise.Editing{}, err
	}
	command, choice := ownEditor(ctx, w, e)
	return exercise.Editing{Command: command, Choice: choice, Note: note}, nil
}

func (b *workbench) make(ctx context.Context, e exercises.Exercise) (note string, err error) {
	b.making.Lock()
	defer b.making.Unlock()
	_, path, err := b.Source(e)
	if err != nil || path != "" {
		return "", err
	}
	w, _, err := updateWorkspace(ctx, nil, b.all)
	if err != nil {
		return "", fmt.Errorf("making the files of the exercises: %w", err)
	}
	return fmt.Sprintf("The exercises are now files in %s; edit them with what you like.", w.Dir), nil
}

// Save implements exercise.Workbench.
func (b *workbench) Save(e exercises.Exercise, text string) error {
	w, err := findWorkspace()
	if err != nil {
		return err
	}
	return w.Write(e, []byte(text))
}

// Keep implements exercise.Workbench.
func (b *workbench) Keep(e exercises.Exercise, text string) (path string, err error) {
	w, err := findWorkspace()
	if err != nil {
		return "", err
	}
	path, err = w.Keep(e, []byte(text))
	return displayPath(path), err
}

// Reset implements exercise.Workbench.
func (b *workbench) Reset(e exercises.Exercise) (backup string, err error) {
	w, err := findWorkspace()
	if err != nil {
		return "", err
	}
	backup, err = w.Reset(e)
	return displayPath(backup), err
}

// Check implements exercise.Workbench.
func (b *workbench) Check(ctx context.Context, e exercises.Exercise, progress func(string)) (exercises.Verdict, error) {
	if _, err := b.make(ctx, e); err != nil {
		return exercises.Verdict{}, err
	}
	w, err := findWorkspace()
	if err != nil {
		return exercises.Verdict{}, err
	}
	progress("building and running your file")
	c, err := newChecker(ctx, progress)
	if err != nil {
		return exercises.Verdict{}, err
	}
	return checkOne(ctx, c, w, e, checkOptions{}.nextSeed())
}

// Saved implements exercise.Watcher.
func (b *workbench) Saved(ctx context.Context, e exercises.Exercise) <-chan struct{} {
	w, err := findWorkspace()
	if err != nil {
		return nil // There is no file to watch yet, and edit and check tell why.
	}
	if _, err := os.Stat(w.File(e)); err != nil {
		return nil
	}
	watch := exercises.NewWatch(ctx, []string{w.File(e)})
	saved := make(chan struct{})
	go func() {
		for {
			select {
			case <-watch.Saved:
			case <-ctx.Done():
				return
			}
			select {
			case saved <- struct{}{}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return saved
}
