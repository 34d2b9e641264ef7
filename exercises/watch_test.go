package exercises

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

// saves makes files named a and b, and a way to save one of them.
func saves(t *testing.T) (files []string, save func(file, text string)) {
	t.Helper()
	dir := t.TempDir()
	files = []string{filepath.Join(dir, "a"), filepath.Join(dir, "b")}
	save = func(file, text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Error(err)
		}
	}
	for _, file := range files {
		save(file, "old")
	}
	return files, save
}

// TestSavesAreToldOnce uses the clock of a bubble: nothing but the passing of time makes a save known.
func TestSavesAreToldOnce(t *testing.T) {
	files, save := saves(t)
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		saved := make(chan string)
		touched := make(chan string)
		go settle(ctx, digests(files), touched, saved)
		synctest.Wait()
		quiet := func(why string) {
			t.Helper()
			synctest.Wait()
			select {
			case file := <-saved:
				t.Errorf("%s was told %s", file, why)
			default:
			}
		}
		// An editor writes in several steps.
		for _, text := range []string{"", "ne", "new"} {
			save(files[0], text)
			touched <- files[0]
			time.Sleep(stillTime / 2)
			quiet("before it was left alone")
		}
		time.Sleep(stillTime)
		synctest.Wait()
		if file := <-saved; file != files[0] {
			t.Errorf("%s was told", file)
		}
		touched <- files[0]
		time.Sleep(2 * stillTime)
		quiet("though it was saved as it was")
		if err := os.Remove(files[1]); err != nil {
			t.Error(err)
		}
		touched <- ""
		time.Sleep(2 * stillTime)
		quiet("though it is gone")
		save(files[1], "new")
		touched <- ""
		if file := <-saved; file != files[1] {
			t.Errorf("%s was told", file)
		}
		cancel()
		synctest.Wait()
	})
}

func TestPollingFindsSaves(t *testing.T) {
	files, save := saves(t)
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		saved := make(chan string)
		go settle(ctx, digests(files), poll(ctx), saved)
		synctest.Wait()
		save(files[1], "new")
		start := time.Now()
		if file, took := <-saved, time.Since(start); file != files[1] || took > pollTime+stillTime {
			t.Errorf("%s was told after %v", file, took)
		}
		cancel()
		synctest.Wait()
	})
}

func TestTheSystemTellsOfSaves(t *testing.T) {
	files, save := saves(t)
	w := NewWatch(t.Context(), files)
	if w.Polled != "" {
		t.Skip(w.Polled)
	}
	for i, file := range files {
		text := "new"
		if i == 0 {
			save(file, text)
		} else { // As editors do that put a new file in the place of the old one.
			save(file+"~", text)
			if err := os.Rename(file+"~", file); err != nil {
				t.Fatal(err)
			}
		}
		if told := <-w.Saved; told != file {
			t.Errorf("%s was told, want %s", told, file)
		}
	}
}

func TestWhatCannotBeWatchedIsPolled(t *testing.T) {
	w := NewWatch(t.Context(), []string{filepath.Join(t.TempDir(), "missing", "file")})
	if w.Polled == "" {
		t.Error("a directory that is not there is watched")
	}
}
