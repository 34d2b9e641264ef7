// Package watch tells when the lessons of a directory or their glossary change, so that an author sees what they write.
package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// quiet is how long to wait after the first sign of a change: editors save in several steps.
	quiet = 50 * time.Millisecond
	// pollEvery is how often the files are looked at besides. Network file systems and those of another machine's kernel
	// do not report what is written elsewhere, and some ten files are soon looked at.
	pollEvery = time.Second
)

const (
	// lessonFile is the file of a lesson in its directory.
	lessonFile = "lesson.md"
	// glossaryFile is beside the directories of the lessons.
	glossaryFile = "glossary.md"
)

// Lessons sends on a channel after files of the lessons below dir, or its glossary, were written, renamed, added or removed, one value for
// changes that come together. It goes on until ctx ends, and closes the channel then. The error is why the operating
// system does not report changes here; they are found by looking at the files once a second all the same.
func Lessons(ctx context.Context, dir string) (<-chan struct{}, error) {
	w := newWatcher(dir, pollEvery)
	err := w.listen()
	if err != nil {
		err = fmt.Errorf("the system does not report changes in %s: %w", dir, err)
	}
	go w.run(ctx)
	return w.changes, err
}

// watcher owns its fields while run runs.
type watcher struct {
	dir     string
	poll    time.Duration
	seen    map[string]stamp // the files as they were when last looked at
	changes chan struct{}    // holds one value, which stands for all changes that nobody has heard of

	reports *fsnotify.Watcher // nil where the system reports nothing, as are its channels then
	events  <-chan fsnotify.Event
	lost    <-chan error // why reports were lost
}

func newWatcher(dir string, poll time.Duration) *watcher {
	return &watcher{dir: dir, poll: poll, seen: look(dir), changes: make(chan struct{}, 1)}
}

// listen has the system report changes.
func (w *watcher) listen() error {
	reports, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	w.reports = reports
	if err := w.follow(); err != nil {
		w.reports = nil
		return errors.Join(err, reports.Close())
	}
	w.events, w.lost = reports.Events, reports.Errors
	return nil
}

func (w *watcher) run(ctx context.Context) {
	defer close(w.changes)
	if w.reports != nil {
		// A watch that cannot be closed ends with the process; nobody is left to tell.
		defer func() { _ = w.reports.Close() }()
	}
	tick := time.NewTicker(w.poll)
	defer tick.Stop()
	var settled <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case event := <-w.events:
			if settled == nil && w.concerns(event) {
				settled = time.After(quiet)
			}
		case _, open := <-w.lost:
			if open { // There may have been a change among the reports that got lost.
				settled = time.After(quiet)
			}
		case <-settled:
			settled = nil
			w.changed(look(w.dir))
		case <-tick.C:
			if now := look(w.dir); !maps.Equal(now, w.seen) {
				w.changed(now)
			}
		}
	}
}

// changed tells of a change, and follows directories that came with it.
func (w *watcher) changed(now map[string]stamp) {
	w.seen = now
	if w.reports != nil {
		// What cannot be followed, such as a directory that has just gone, is still looked at.
		_ = w.follow()
	}
	select {
	case w.changes <- struct{}{}:
	default:
	}
}

// follow has the system report changes in the directory and in each below it. Directories are followed rather than files,
// because many editors write a new file and rename it over the old one.
func (w *watcher) follow() error {
	if err := w.reports.Add(w.dir); err != nil {
		return err
	}
	entries, err := os.ReadDir(w.dir)
	for _, entry := range entries {
		if entry.IsDir() {
			err = errors.Join(err, w.reports.Add(filepath.Join(w.dir, entry.Name())))
		}
	}
	return err
}

// concerns reports whether an event may change a lesson: one about a lesson's file, or about an entry of the directory
// itself. The rest are an editor's backups.
func (w *watcher) concerns(event fsnotify.Event) bool {
	if event.Op == fsnotify.Chmod {
		return false
	}
	name := filepath.Clean(event.Name)
	return filepath.Base(name) == lessonFile || filepath.Dir(name) == filepath.Clean(w.dir) || name == filepath.Clean(w.dir)
}

// stamp tells a file from what it was before.
type stamp struct {
	modified time.Time
	size     int64
}

// look returns the stamps of the glossary of dir, of its directories and of their lessons' files. What is not there, or
// cannot be read, has none; reading the lessons says what is wrong.
func look(dir string) map[string]stamp {
	found := map[string]stamp{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return found
	}
	files := []string{glossaryFile}
	for _, entry := range entries {
		if entry.IsDir() {
			found[entry.Name()] = stamp{}
			files = append(files, path.Join(entry.Name(), lessonFile))
		}
	}
	for _, file := range files {
		if info, err := fs.Stat(os.DirFS(dir), file); err == nil {
			found[file] = stamp{info.ModTime(), info.Size()}
		}
	}
	return found
}
