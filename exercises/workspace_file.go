package exercises

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// maxSource bounds what is read of a learner's file, in bytes. No exercise needs more.
const maxSource = 1 << 20

// Read returns a learner's file of an exercise.
func (w Workspace) Read(e Exercise) ([]byte, error) {
	file, err := os.Open(w.File(e))
	if err != nil {
		return nil, err
	}
	source, err := io.ReadAll(io.LimitReader(file, maxSource+1))
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	if len(source) > maxSource {
		return nil, fmt.Errorf("%s has more than %d bytes, which no exercise needs; aetutor reset %s brings the file back",
			w.File(e), maxSource, e.Name)
	}
	return source, nil
}

// Write puts a text into a learner's file of an exercise: all of it, or nothing where that fails.
func (w Workspace) Write(e Exercise, text []byte) error {
	path := w.File(e)
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target // A file of the learner's own that the workspace only points to stays where it is.
	}
	if err := replace(path, text); err != nil {
		return fmt.Errorf("writing %s: %w", path, reason(err))
	}
	return nil
}

// reason is why a file was not written, without the name of the scratch file, which a learner does not know.
func reason(err error) error {
	if path := new(fs.PathError); errors.As(err, &path) {
		err = path.Err
	} else if link := new(os.LinkError); errors.As(err, &link) {
		err = link.Err
	}
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%w; make its directory writable", err)
	}
	return err
}

// Keep writes a text to a new file beside a learner's file of an exercise, and returns its path.
func (w Workspace) Keep(e Exercise, text []byte) (path string, err error) {
	// Without .go at its end it is no part of the package.
	path, err = vacant(w.File(e) + ".backup")
	if err != nil {
		return "", err
	}
	return path, write(path, text)
}

// replace puts a file in its place once it is whole.
func replace(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	scratch, err := os.CreateTemp(filepath.Dir(path), ".saving-*")
	if err != nil {
		return err
	}
	_, err = scratch.Write(text)
	if err = errors.Join(err, scratch.Chmod(0o644), scratch.Close()); err == nil {
		err = os.Rename(scratch.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(scratch.Name()))
	}
	return nil
}
