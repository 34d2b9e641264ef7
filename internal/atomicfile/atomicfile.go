// Package atomicfile puts texts into files so that nobody ever finds half of one: not after a kill or a crash in the
// middle, and not on a disk that became full.
package atomicfile

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// Write puts content in the place of what the file at path holds, in one step: it writes a new file beside it, whose name
// begins with a dot, and renames that. A kill in the middle may leave that file behind. When it returns without an error,
// the content survives a power cut.
//
// A file that was there keeps its permissions, and one that may not be written is left alone; a new file gets those of
// mode that the umask allows. Where path is a link, the file that it points to is replaced and the link stays. A device
// or a pipe has nothing to replace and is written to.
func Write(path string, content []byte, mode fs.FileMode) error {
	// A rename asks for no permission on the file that it replaces, so opening it asks.
	old, err := os.OpenFile(path, os.O_WRONLY, 0)
	isNew := errors.Is(err, fs.ErrNotExist)
	if err != nil && !isNew {
		return err
	}
	if !isNew {
		info, err := old.Stat()
		if err == nil && !info.Mode().IsRegular() {
			_, err = old.Write(content)
			return errors.Join(err, old.Close())
		}
		if err := errors.Join(err, old.Close()); err != nil {
			return err
		}
		mode = info.Mode().Perm()
	}
	path, err = pointedTo(path)
	if err != nil {
		return err
	}
	return replace(path, content, mode, !isNew)
}

// replace puts a new file at path. exact says that it gets all of mode, also what the umask does not allow.
func replace(path string, content []byte, mode fs.FileMode, exact bool) error {
	fresh := filepath.Join(filepath.Dir(path), ".new-"+rand.Text())
	err := create(fresh, content, mode)
	if err != nil {
		return of(path, err)
	}
	if exact {
		err = setMode(fresh, mode)
	}
	if err == nil {
		err = os.Rename(fresh, path)
	}
	if err != nil {
		return of(path, errors.Join(err, os.Remove(fresh)))
	}
	return SyncDir(filepath.Dir(path))
}

// of is what failed with a file, without the name of the one that was to replace it, of which nobody knows.
func of(path string, err error) error {
	op, why := "write", err
	if failed := new(fs.PathError); errors.As(err, &failed) {
		op, why = failed.Op, failed.Err
	} else if failed := new(os.LinkError); errors.As(err, &failed) {
		op, why = failed.Op, failed.Err
	}
	return &fs.PathError{Op: op, Path: path, Err: why}
}

// New writes content to a file that was not there before, and returns its path: base and suffix, with a number between
// them where that name is taken. Where it fails there is no new file. What it wrote survives a power cut.
func New(base, suffix string, content []byte, mode fs.FileMode) (path string, err error) {
	for n := 1; ; n++ {
		path = base + suffix
		if n > 1 {
			path = fmt.Sprintf("%s-%d%s", base, n, suffix)
		}
		err = create(path, content, mode)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil {
			err = SyncDir(filepath.Dir(path))
		}
		return path, err
	}
}

// create writes a file that must not be there yet, as far as the disk.
func create(path string, content []byte, mode fs.FileMode) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// setMode gives a file the permissions that the umask may have kept from it. Not every file system lets them be changed.
func setMode(path string, mode fs.FileMode) error {
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() == mode {
		return err
	}
	return os.Chmod(path, mode)
}

// maxLinks is how many links Linux follows for one path; links that point to each other in a ring exceed it.
const maxLinks = 40

// pointedTo is the file that a path names at the end of all links, whether that file is there or not.
func pointedTo(path string) (string, error) {
	from := path
	for range maxLinks {
		target, err := os.Readlink(path)
		if err != nil {
			return path, nil // It is no link. What else may be wrong with it, writing tells.
		}
		if !filepath.IsAbs(target) {
			// Two dots in a target lead out of the directory that the link really lies in.
			dir, err := filepath.EvalSymlinks(filepath.Dir(path))
			if err != nil {
				return "", err
			}
			target = filepath.Join(dir, target)
		}
		path = target
	}
	return "", &fs.PathError{Op: "open", Path: from, Err: syscall.ELOOP}
}

// SyncDir sees to it that the names in a directory survive a power cut. Windows does that by itself.
func SyncDir(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	err = dir.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil // Some file systems, of networks mostly, know no such order. The files themselves were synced.
	}
	return errors.Join(err, dir.Close())
}
