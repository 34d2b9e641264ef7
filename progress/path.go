package progress

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
)

// stateVariable is the environment variable that names the directory of the state.
const stateVariable = "AETUTOR_STATE"

// DefaultPath is where the progress of this machine is kept: progress.db in the directory that the environment variable
// AETUTOR_STATE names, else in aetutor below the state directory of the XDG Base Directory Specification, which is
// ~/.local/state on Linux. Where there is neither the variable nor a home directory, nor XDG_STATE_HOME, it is an error.
func DefaultPath() (string, error) {
	dir := os.Getenv(stateVariable)
	if dir == "" {
		// Without a home the library takes the root of the file system for one.
		if _, err := os.UserHomeDir(); err != nil && os.Getenv("XDG_STATE_HOME") == "" {
			return "", fmt.Errorf("finding the directory of the progress: %w; set %s to a directory", err, stateVariable)
		}
		dir = filepath.Join(xdg.StateHome, "aetutor")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("finding the directory of the progress: %w; set %s to an absolute path", err, stateVariable)
	}
	return filepath.Join(dir, "progress.db"), nil
}

// stamp is a time as a part of a file's name.
func stamp(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// vacant is a path that does not exist yet: base and suffix, with a number between them where that is taken.
func vacant(base, suffix string) (string, error) {
	for n := 1; ; n++ {
		path := base + suffix
		if n > 1 {
			path = fmt.Sprintf("%s-%d%s", base, n, suffix)
		}
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			return path, nil
		} else if err != nil {
			return "", err
		}
	}
}
