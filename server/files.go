package server

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"unicode/utf8"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/internal/atomicfile"
)

// maxSource is how many bytes a learner's file of an exercise may have.
const maxSource = 64 << 10

// files keeps what learners made of exercises, in a directory of its own for each. No path holds anything that a client
// sent: directories are named by a hash, and files by the name of an exercise that there is.
type files struct {
	dir      string
	failures *failures
}

func (f files) path(learner string, e exercises.Exercise) string {
	sum := sha256.Sum256([]byte(learner))
	return filepath.Join(f.dir, hex.EncodeToString(sum[:16]), fileName(e))
}

// read is the learner's file of an exercise, or the one that was written for it where none is kept.
func (f files) read(learner string, e exercises.Exercise) (source []byte, kept bool, err error) {
	source, err = os.ReadFile(f.path(learner, e))
	if errors.Is(err, fs.ErrNotExist) {
		return e.Source, false, nil
	}
	return source, err == nil, f.failures.of("reading a learner's file", err)
}

// save keeps the learner's file of an exercise. When it returns, the file survives a crash.
func (f files) save(learner string, e exercises.Exercise, source []byte) error {
	return f.put(f.path(learner, e), source)
}

// put keeps a file of a learner, whose directory it makes where there is none.
func (f files) put(path string, source []byte) error {
	if err := checkSource(source); err != nil {
		return err
	}
	err := f.room(filepath.Dir(path))
	if err == nil {
		err = atomicfile.Write(path, source, 0o600)
	}
	return f.failures.of("keeping a learner's file", err)
}

// room makes the directory of a learner where there is none. It makes none above: a state directory that was moved away
// must not begin anew in its old place.
func (f files) room(dir string) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) { // Another session may have made it.
		return err
	}
	return atomicfile.SyncDir(f.dir)
}

// backupOf is where reset keeps the file that it took away.
func backupOf(path string) string { return path + ".backup" }

// reset takes the learner's file of an exercise away. kept is whether there was one; it is the one backup that there is.
func (f files) reset(learner string, e exercises.Exercise) (kept bool, err error) {
	path := f.path(learner, e)
	err = os.Rename(path, backupOf(path))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	kept = err == nil
	if kept {
		err = atomicfile.SyncDir(filepath.Dir(path))
	}
	return kept, f.failures.of("putting a learner's file back", err)
}

// keepBackup keeps a text as the backup of the learner's file of an exercise.
func (f files) keepBackup(learner string, e exercises.Exercise, source []byte) error {
	return f.put(backupOf(f.path(learner, e)), source)
}

// backup is what the last reset took away.
func (f files) backup(learner string, e exercises.Exercise) ([]byte, error) {
	source, err := os.ReadFile(backupOf(f.path(learner, e)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usage{fmt.Sprintf("there is no backup of %s; a reset keeps one", e.Name)}
	}
	return source, f.failures.of("reading a learner's file", err)
}

// checkSource says what is wrong with a file that a client sent, before anything is done with it.
func checkSource(source []byte) error {
	if len(source) > maxSource {
		return usage{fmt.Sprintf("the file has more than %d bytes, which no exercise needs; nothing of it was kept", maxSource)}
	}
	if i := bytes.IndexByte(source, 0); i >= 0 {
		return usage{fmt.Sprintf("this is no Go file: byte %d is zero; nothing of it was kept", i)}
	}
	for i := 0; i < len(source); {
		r, size := utf8.DecodeRune(source[i:])
		if r == utf8.RuneError && size == 1 {
			return usage{fmt.Sprintf("this is no Go file: byte %d is no text in UTF-8; nothing of it was kept", i)}
		}
		i += size
	}
	return nil
}
