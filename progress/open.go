package progress

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// Open opens the store in the file path, and makes it and its directory, for their owner alone, where there is none. A
// file that is damaged, or not a progress file at all, is set aside under a new name and a fresh one begun; the notice
// says so to the learner and is "" otherwise. A file of a newer aetutor is an error, and stays as it is.
//
// Beside path there may be files that SQLite makes, with -wal and -shm after the name, and an empty lock file, with .lock.
func Open(path string) (s *SQLite, notice string, err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return nil, "", fmt.Errorf("opening the progress: %w", err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("opening the progress in %s: %w%s", path, err, openRemedy(err))
		}
	}()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, "", err
	}
	// SQLite puts its files beside the one that a link points to.
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		path = resolved
	}
	// Two processes that begin at once must not both make a file, nor one set aside what the other has just begun.
	// Some network file systems lock only what was opened for writing.
	lock := flock.New(path+".lock", flock.SetFlag(os.O_CREATE|os.O_RDWR))
	if err := lock.Lock(); err != nil {
		return nil, "", err
	}
	defer func() { _ = lock.Unlock() }() // The end of the process unlocks it too.

	s, why, err := examine(path)
	if err == nil && why != "" {
		notice, err = setAside(path, why)
	}
	if s == nil && err == nil {
		s, err = begin(path)
	}
	if err != nil {
		return nil, notice, err
	}
	if err := s.prepare(); err != nil {
		return nil, notice, errors.Join(err, s.db.Close())
	}
	return s, notice, nil
}

// openRemedy says what helps against an error of opening.
func openRemedy(err error) string {
	if text := remedy(err); text != "" {
		return text
	}
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return "; make the directory writable, or set " + stateVariable + " to a directory that is"
	}
	return ""
}

// examine connects to the database of ours at path. Without an error there is none where s is nil; why then says why what
// is there cannot be used, and is "" where nothing is.
//
// It does not open the file by itself. On Unix a process loses all its locks on a file when it closes it once, and another
// store in this process may rely on its locks (https://sqlite.org/howtocorrupt.html, section 2.2).
func examine(path string) (s *SQLite, why string, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, "", nil
	case err != nil:
		return nil, "", err
	case info.IsDir():
		return nil, "is a directory", nil
	case !info.Mode().IsRegular():
		return nil, "", errors.New("it is a device, a pipe or a socket; move it away")
	case info.Size() == 0:
		return nil, "is empty", nil
	}
	if info.Mode().Perm() != 0o600 {
		// Whoever does not own the file cannot change its mode and may use it all the same; SQLite will say.
		_ = os.Chmod(path, 0o600)
	}
	s, err = connect(path)
	if err != nil {
		return nil, "", err
	}
	why, err = s.fault()
	if why != "" || err != nil {
		return nil, why, errors.Join(err, s.db.Close())
	}
	return s, "", nil
}

// fault says why the database cannot be used, or "" when it can.
func (s *SQLite) fault() (why string, err error) {
	var found string
	var id, version int
	err = cmp.Or(
		s.db.QueryRow("PRAGMA quick_check(1)").Scan(&found),
		s.db.QueryRow("PRAGMA application_id").Scan(&id),
		s.db.QueryRow("PRAGMA user_version").Scan(&version),
	)
	switch {
	case isDamage(err):
		return "is damaged", nil
	case err != nil:
		return "", err
	case found != "ok":
		return "is damaged", nil
	case id != applicationID || version == 0:
		return "is a database of something else", nil
	}
	return "", nil
}

// companions are the files that SQLite keeps beside a database: the log, which holds the latest facts, and its index.
func companions(path string) (log, index string) { return path + "-wal", path + "-shm" }

// setAside renames a file that cannot be used, together with its log, from which much may be rescued.
func setAside(path, why string) (notice string, err error) {
	aside, err := vacant(path+".damaged-"+stamp(time.Now()), "")
	if err != nil {
		return "", err
	}
	// The log goes first. A log that stayed behind would be taken for that of the fresh file.
	log, index := companions(path)
	asideLog, _ := companions(aside)
	if err := errors.Join(ignoreMissing(os.Rename(log, asideLog)), ignoreMissing(os.Remove(index)), os.Rename(path, aside)); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s %s; it is kept as %s, and progress begins anew", path, why, aside), nil
}

// begin makes an empty database. It is renamed to path when it is whole, so that path never names half of one.
func begin(path string) (*SQLite, error) {
	fresh := path + ".new"
	freshLog, freshIndex := companions(fresh)
	staleLog, staleIndex := companions(path)
	for _, leftover := range []string{fresh, freshLog, freshIndex, staleLog, staleIndex} {
		if err := ignoreMissing(os.Remove(leftover)); err != nil {
			return nil, err
		}
	}
	// SQLite gives its own files the permissions of this one.
	file, err := os.OpenFile(fresh, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	s, err := connect(fresh)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(s.prepare(), s.db.Close()); err != nil {
		return nil, err
	}
	if err := os.Rename(fresh, path); err != nil {
		return nil, err
	}
	return connect(path)
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
