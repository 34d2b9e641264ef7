package exercises

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// stillTime is how long a file has to be left alone before it counts as saved. Editors write in several steps.
	stillTime = 80 * time.Millisecond
	pollTime  = 500 * time.Millisecond
)

// Watch tells which files were saved. It ends with the context that it was made with.
type Watch struct {
	Saved  <-chan string // paths; a file that is saved as it was is not told
	Polled string        // why the files are looked at again and again, "" where the system tells of changes
}

// NewWatch watches files, whose directories exist.
func NewWatch(ctx context.Context, files []string) Watch {
	saved := make(chan string)
	touched, why := listen(ctx, files)
	if touched == nil {
		touched = poll(ctx)
	}
	go settle(ctx, digests(files), touched, saved)
	return Watch{saved, why}
}

// listen lets the system tell of changes. It watches the directories, for many editors save by putting a new file in the
// place of the old one. Where it cannot, touched is nil and why says so.
func listen(ctx context.Context, files []string) (touched <-chan string, why string) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err.Error()
	}
	for _, file := range files {
		dir := filepath.Dir(file)
		if kind, remote := remoteFileSystem(dir); remote {
			err = fmt.Errorf("the files are on a network file system (%s), which does not tell of changes", kind)
		} else {
			err = watcher.Add(dir)
		}
		if err != nil {
			_ = watcher.Close() // Nothing is read from it any more.
			return nil, err.Error()
		}
	}
	events := make(chan string)
	go func() {
		defer func() { _ = watcher.Close() }() // Nothing is read from it any more.
		for {
			var path string
			select {
			case event := <-watcher.Events:
				if path = event.Name; !slices.Contains(files, path) {
					continue
				}
			case _, open := <-watcher.Errors:
				if !open {
					return
				}
				path = "" // Events were lost: any file may have changed.
			case <-ctx.Done():
				return
			}
			select {
			case events <- path:
			case <-ctx.Done():
				return
			}
		}
	}()
	return events, ""
}

// poll says at each tick that any file may have changed.
func poll(ctx context.Context) <-chan string {
	ticks := make(chan string)
	go func() {
		ticker := time.NewTicker(pollTime)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
			case <-ctx.Done():
				return
			}
			select {
			case ticks <- "":
			case <-ctx.Done():
				return
			}
		}
	}()
	return ticks
}

// digests tell what files hold now.
func digests(files []string) map[string]string {
	known := map[string]string{}
	for _, file := range files {
		known[file] = digestOf(file)
	}
	return known
}

// settle tells of a file once it was left alone for a moment and holds something else than known says. The path "" stands
// for all files.
func settle(ctx context.Context, known map[string]string, touched <-chan string, saved chan<- string) {
	pending := map[string]bool{}
	still := time.NewTimer(0)
	still.Stop()
	for {
		select {
		case path := <-touched:
			for file := range known {
				if path == file || path == "" {
					pending[file] = true
				}
			}
			still.Reset(stillTime)
		case <-still.C:
			for _, file := range sortedKeys(pending) {
				delete(pending, file)
				now := digestOf(file)
				if now == "" || now == known[file] {
					continue // It is gone for a moment, or was saved as it was.
				}
				known[file] = now
				select {
				case saved <- file:
				case <-ctx.Done():
					return
				}
			}
		case <-ctx.Done():
			return
		}
	}
}

// digestOf tells a file's content from another, "" for one that cannot be read.
func digestOf(file string) string {
	content, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	return digest(content)
}
