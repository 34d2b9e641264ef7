package exercises

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/aetutor/aetutor/internal/atomicfile"
)

// maxSource bounds what is read of a learner's file, in bytes. No exercise needs more.
const maxSource = 1 << 20

// Read returns a learner's file of an exercise.
func (w Workspace) Read(e Exercise) ([]byte, error) {
	path := w.File(e)
	file, err := os.Open(path)
	if err != nil {
		return nil, fileError("reading", path, err)
	}
	source, err := io.ReadAll(io.LimitReader(file, maxSource+1))
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, fileError("reading", path, err)
	}
	if len(source) > maxSource {
		return nil, fmt.Errorf("%s has more than %d bytes, which no exercise needs; aetutor reset %s brings the file back",
			path, maxSource, e.Name)
	}
	return source, nil
}

// Write puts a text into a learner's file of an exercise: all of it, or nothing where that fails. The file keeps its
// permissions, and one of the learner's own that the workspace only points to stays where it is.
func (w Workspace) Write(e Exercise, text []byte) error { return put(w.File(e), text) }

// put writes a file of a workspace, and the directory that it belongs into.
func put(path string, text []byte) error {
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = atomicfile.Write(path, text, 0o644)
	}
	return fileError("writing", path, err)
}

// Keep writes a text to a new file beside a learner's file of an exercise, and returns its path.
func (w Workspace) Keep(e Exercise, text []byte) (path string, err error) {
	// Without .go at its end it is no part of the package.
	path, err = atomicfile.New(w.File(e)+".backup", "", text, 0o644)
	if err != nil {
		return "", fileError("writing", path, err)
	}
	return path, nil
}

// fileError says what failed with which file of a workspace, why, and what helps. The system's own words for what failed
// are left out, and the names of files in between that a learner does not know. Of no error it makes none.
func fileError(doing, path string, err error) error {
	if err == nil {
		return nil
	}
	if failed := new(fs.PathError); errors.As(err, &failed) {
		err = failed.Err
	}
	remedy := ""
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		remedy = "; free some space"
	case errors.Is(err, fs.ErrPermission):
		remedy = "; see that you may read and write it and its directory"
	case errors.Is(err, syscall.EROFS):
		remedy = "; aetutor init DIR makes a workspace elsewhere"
	case errors.Is(err, syscall.EISDIR), errors.Is(err, syscall.ENOTDIR):
		remedy = "; move away what stands in its place"
	}
	return fmt.Errorf("%s %s: %w%s", doing, path, err, remedy)
}
