package server

import (
	"context"
	"fmt"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/tui/exercise"
)

// workbench is the files of one learner, which are kept by the server, for the screen of an exercise.
type workbench struct {
	server  *Server
	learner string
}

// Source implements exercise.Workbench.
func (b workbench) Source(e exercises.Exercise) (text, path string, err error) {
	source, kept, err := b.server.files.read(b.learner, e)
	if kept {
		path = fileName(e)
	}
	return string(source), path, err
}

// Edit implements exercise.Workbench. Files are edited on the screen, for another editor would run on the server.
func (workbench) Edit(context.Context, exercises.Exercise) (exercise.Editing, error) {
	return exercise.Editing{}, nil
}

// Save implements exercise.Workbench.
func (b workbench) Save(e exercises.Exercise, text string) error {
	return b.server.files.save(b.learner, e, []byte(text))
}

// Keep implements exercise.Workbench. It takes the place of the backup.
func (b workbench) Keep(e exercises.Exercise, text string) (path string, err error) {
	return b.backupName(e), b.server.files.keepBackup(b.learner, e, []byte(text))
}

// Reset implements exercise.Workbench.
func (b workbench) Reset(e exercises.Exercise) (backup string, err error) {
	kept, err := b.server.files.reset(b.learner, e)
	if kept {
		backup = b.backupName(e)
	}
	return backup, err
}

// backupName tells a learner of their backup.
func (workbench) backupName(e exercises.Exercise) string {
	return fmt.Sprintf("%s; %s writes it", backupOf(fileName(e)), backupCommand(e))
}

// Check implements exercise.Workbench. The screen keeps the verdict.
func (b workbench) Check(ctx context.Context, e exercises.Exercise, progress func(string)) (exercises.Verdict, error) {
	source, _, err := b.server.files.read(b.learner, e)
	if err != nil {
		return exercises.Verdict{}, err
	}
	return b.server.queue.check(ctx, b.learner, e, source, progress)
}

// fileName is the learner's file of an exercise, as they know it.
func fileName(e exercises.Exercise) string { return e.Name + ".go" }

// backupCommand brings the file that the last reset took away.
func backupCommand(e exercises.Exercise) string {
	return fmt.Sprintf("%s get %s %s", sshProgram, e.Name, backupFlag)
}
