// Package exercise shows an exercise on a full screen: what to do, the learner's file, and what its check found.
package exercise

import (
	"context"
	"os/exec"

	"github.com/aetutor/aetutor/exercises"
)

// Workbench is one learner's files and the checks of them. Its methods are called in commands, so they may take their
// time; those of one exercise are called by several commands at once.
type Workbench interface {
	// Source is the learner's file of an exercise, or the exercise's own text before there is one. path names the file as
	// the learner knows it; it is "" where they have none.
	Source(e exercises.Exercise) (text, path string, err error)
	// Edit says where the learner edits the file. It makes the file where there is none.
	Edit(ctx context.Context, e exercises.Exercise) (Editing, error)
	// Save puts a text into the file, which it makes where there is none.
	Save(e exercises.Exercise, text string) error
	// Keep puts a text beside the file, which it leaves alone, and returns where.
	Keep(e exercises.Exercise, text string) (path string, err error)
	// Reset puts the file back as it was written. backup names what is kept of the learner's own, "" for nothing.
	Reset(e exercises.Exercise) (backup string, err error)
	// Check checks the file as it is saved; progress is told what takes long, as "building" or "3rd in line". Cancelling
	// ctx stops it. An error says why there is no verdict, and what to do.
	Check(ctx context.Context, e exercises.Exercise, progress func(string)) (exercises.Verdict, error)
}

// Editing is how a file is edited.
type Editing struct {
	// Command is an editor that takes the terminal until it ends; nil for the editor of the screen.
	Command *exec.Cmd
	// Choice says why it is this editor, "EDITOR is vi"; "" for the editor of the screen.
	Choice string
	// Note tells what was done before, "" for nothing: where the files were made.
	Note string
}

// Watcher is a Workbench whose files other programs may change.
type Watcher interface {
	// Saved gets a value whenever the file was saved, until ctx ends. It is nil where there is no file yet.
	Saved(ctx context.Context, e exercises.Exercise) <-chan struct{}
}
