package device

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Installer puts the files of a plugin into the empty directory dir, which ends in "go-xla", and what has to lie beside
// that directory beside it. Its downloads go to temp. It returns soon after ctx ends.
type Installer func(ctx context.Context, dir, temp string) error

// Downloader is the Installer that downloads a plan's plugin with go-xla's installer. That one obeys no context and
// prints, so it runs in a process of its own: command is as Options.Child.
func Downloader(command []string, p Plan) Installer {
	return func(ctx context.Context, dir, temp string) error {
		c := child{command: command, env: []string{"TMPDIR=" + temp, "TMP=" + temp, "TEMP=" + temp}}
		return c.ask(ctx, nil, askInstall, p.request, dir)
	}
}

// Progress is how far an installation is.
type Progress struct {
	File  string // what is being downloaded, "" between two files
	Bytes int64  // what lies on the disk by now, downloads and unpacked files
}

// Install carries out a plan. All is put into a directory beside the plan's first and moved into place at the end, so
// an installation that fails or whose ctx ends leaves everything as it was. progress is called twice a second, from
// another goroutine, but never after Install has returned.
func Install(ctx context.Context, p Plan, put Installer, progress func(Progress)) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("installing the plugin %s: %w", p.Plugin, err)
		}
	}()
	undo, err := makeDirs(p.Dir)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			undo()
		}
	}()
	staging := filepath.Join(filepath.Dir(p.Dir), ".aetutor-install")
	if err := os.Mkdir(staging, 0o755); errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: another installation is under way, or one was cut off; "+
			"if none is, remove that directory", staging)
	} else if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(staging)) }()
	temp, staged := filepath.Join(staging, "temp"), filepath.Join(staging, "lib")
	dir := filepath.Join(staged, filepath.Base(p.Dir))
	if err := errors.Join(os.Mkdir(temp, 0o755), os.MkdirAll(dir, 0o755)); err != nil {
		return err
	}
	stop := watch(staging, temp, progress)
	err = put(ctx, dir, temp)
	stop()
	if err := errors.Join(err, ctx.Err()); err != nil {
		return err
	}
	if err := relink(staged); err != nil {
		return err
	}
	return move(staged, filepath.Dir(p.Dir), filepath.Base(p.Dir), filepath.Join(staging, "replaced"))
}

// makeDirs makes a directory and those above it. undo removes the ones that it made, where they are empty.
func makeDirs(dir string) (undo func(), err error) {
	var made []string
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Lstat(d); err == nil || filepath.Dir(d) == d {
			break
		}
		made = append(made, d)
	}
	undo = func() {
		for _, d := range made {
			_ = os.Remove(d) // What is not empty by now belongs to somebody else.
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		undo()
		return nil, err
	}
	return undo, nil
}

// watch tells the progress until it is stopped.
func watch(staging, temp string, progress func(Progress)) (stop func()) {
	ended, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(time.Second / 2)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				progress(measure(staging, temp))
			case <-ended:
				return
			}
		}
	}()
	return func() { close(ended); <-done }
}

// measure adds up what is on the disk. Files come and go meanwhile, so what cannot be read is left out.
func measure(staging, temp string) (p Progress) {
	_ = filepath.WalkDir(staging, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return nil
		}
		if info, err := entry.Info(); err == nil {
			p.Bytes += info.Size()
		}
		if filepath.Dir(path) == temp {
			p.File = downloadName(entry.Name())
		}
		return nil
	})
	return p
}

// downloadName makes "nvidia-cublas 13.0.2.14" of go-xla's "go-xla_nvidia-cublas_13.0.2.14.whl.1234.tar.gz".
func downloadName(file string) string {
	name := strings.TrimPrefix(file, "go-xla_")
	for _, ending := range []string{".whl", ".tar.gz", ".zip"} {
		name, _, _ = strings.Cut(name, ending)
	}
	return strings.ReplaceAll(name, "_", " ")
}

// relink makes the links that name a file below dir by its whole path name it from where they are, because dir moves.
func relink(dir string) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Type() != fs.ModeSymlink {
			return err
		}
		target, err := os.Readlink(path)
		if err != nil {
			return err
		}
		if within, err := filepath.Rel(dir, target); err != nil || !filepath.IsAbs(target) || !filepath.IsLocal(within) {
			return nil // It names a file from where it is, or one that stays where it is.
		}
		if target, err = filepath.Rel(filepath.Dir(path), target); err != nil {
			return err
		}
		if err := os.Remove(path); err != nil {
			return err
		}
		return os.Symlink(target, path)
	})
}

// move moves what lies in the directory staged to lib: the entries of its subdirectory plugins one by one, since other
// plugins live in lib's, and the rest. What was there before goes to replaced, and comes back if anything fails.
func move(staged, lib, plugins, replaced string) (err error) {
	names, err := entries(staged, ".")
	if err != nil {
		return err
	}
	within, err := entries(staged, plugins)
	if err != nil {
		return err
	}
	if len(within) == 0 {
		return errors.New("the download holds no plugin")
	}
	if err := os.MkdirAll(filepath.Join(replaced, plugins), 0o755); err != nil {
		return err
	}
	type renaming struct{ from, to string }
	var done []renaming
	defer func() {
		for i := len(done) - 1; err != nil && i >= 0; i-- {
			err = errors.Join(err, os.Rename(done[i].to, done[i].from))
		}
	}()
	rename := func(from, to string) error {
		err := os.Rename(from, to)
		if err == nil {
			done = append(done, renaming{from, to})
		}
		return err
	}
	for _, name := range append(names, within...) {
		if name == plugins {
			continue
		}
		to := filepath.Join(lib, name)
		if _, err := os.Lstat(to); err == nil {
			if err := rename(to, filepath.Join(replaced, name)); err != nil {
				return err
			}
		}
		if err := rename(filepath.Join(staged, name), to); err != nil {
			return err
		}
	}
	return nil
}

// entries lists a subdirectory by paths from its root. One that is not there is empty.
func entries(root, sub string) ([]string, error) {
	list, err := os.ReadDir(filepath.Join(root, sub))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for _, entry := range list {
		names = append(names, filepath.Join(sub, entry.Name()))
	}
	return names, err
}
