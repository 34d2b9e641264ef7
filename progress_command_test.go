//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
)

// TestResetAsks answers the question of a reset in a terminal.
func TestResetAsks(t *testing.T) {
	program, err := exec.LookPath("aetutor")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Setenv("AETUTOR_STATE", dir)
	kept := func() int {
		t.Helper()
		s, _, err := progress.Open(filepath.Join(dir, "progress.db"))
		if err != nil {
			t.Fatal(err)
		}
		p, err := s.Load(person)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		return len(p.Pages)
	}
	s, _, err := progress.Open(filepath.Join(dir, "progress.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Record(person, progress.PageRead{Page: "autoencoder/the-loss"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		keys, want string
		left       int
	}{
		{"\r", "Nothing was changed.", 1},
		{"n\r", "Nothing was changed.", 1},
		{"\x03", "", 1}, // control and c
		{"yes\r", "The backup is ", 0},
	} {
		screen, err := openScreen(t.Context(), program, "progress", "reset")
		if err != nil {
			t.Fatal(err)
		}
		await(t, screen, "[y/N]")
		screen.press(test.keys)
		await(t, screen, test.want)
		if err := screen.wait(); (err != nil) != (test.want == "") {
			t.Errorf("%q: the program ended with %v", test.keys, err)
		}
		if got := kept(); got != test.left {
			t.Errorf("%q: %d pages are left, want %d", test.keys, got, test.left)
		}
	}
	if found, err := filepath.Glob(filepath.Join(dir, "progress-backup-*.json")); err != nil || len(found) != 1 {
		t.Errorf("there are the backups %v, %v", found, err)
	}
}

func TestLessonOutline(t *testing.T) {
	got := lessonOutline(lessons.Lesson{Slug: "a", Title: "A", Pages: []lessons.Page{
		{ID: "a/x", Blocks: []lessons.Block{lessons.Quiz{}, lessons.Prose{}, lessons.Quiz{}, lessons.Lab{ID: "train"}, lessons.Lab{ID: "devices"}}},
		{ID: "a/y", Blocks: []lessons.Block{lessons.Lab{ID: "train"}, lessons.Lab{ID: "knn"}, lessons.Exercise{ID: "loss"}}},
		{ID: "a/z", Blocks: []lessons.Block{lessons.Exercise{ID: "loss"}, lessons.Exercise{ID: "encoder"}, lessons.Quiz{}}},
	}})
	for what, lists := range map[string][2][]string{
		"pages":     {got.Pages, {"a/x", "a/y", "a/z"}},
		"quizzes":   {got.Quizzes, {"a/x", "a/x", "a/z"}},
		"labs":      {got.Labs, {"train", "knn"}},
		"exercises": {got.Exercises, {"loss", "encoder"}},
	} {
		if !slices.Equal(lists[0], lists[1]) {
			t.Errorf("the %s are %v, want %v", what, lists[0], lists[1])
		}
	}
}

// TestProgressKeysAreDocumented checks that the help names every key of --json.
func TestProgressKeysAreDocumented(t *testing.T) {
	fields := map[string]any{}
	tally{}.put(fields, "autoencoder")
	for key := range fields {
		if !slices.Contains(strings.FieldsFunc(progressHelp, func(r rune) bool { return r == ' ' || r == '\n' }), key) {
			t.Errorf("the help does not name %s", key)
		}
	}
}

// TestBestKeysAreDocumented does the same for the best figures, and checks that the table names them.
func TestBestKeysAreDocumented(t *testing.T) {
	p := progress.Progress{Bests: []progress.Best{{Lab: "train", Figure: "validation error", Lower: true, Value: 0.01794}}}
	var out bytes.Buffer
	if err := printProgressJSON(&out, p, nil, "here"); err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(out.Bytes(), &fields); err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(progressHelp)
	for key, want := range map[string]any{"best.train": 0.01794, "best.train.figure": "validation error", "best.train.lower_is_better": true} {
		if fields[key] != want || !slices.Contains(words, key) {
			t.Errorf("%s is %v, want %v, in the help: %v", key, fields[key], want, slices.Contains(words, key))
		}
	}
	out.Reset()
	p.Bests = append(p.Bests, progress.Best{Lab: "noise-bench", Figure: "PSNR gain in dB", Value: 5.25})
	if err := printProgress(&out, p, nil, "here"); err != nil {
		t.Fatal(err)
	}
	want := "lab            best\ntrain        0.0179  validation error, lower is better\n" +
		"noise-bench    5.25  PSNR gain in dB, higher is better\n"
	if !strings.Contains(out.String(), want) {
		t.Errorf("the table lacks\n%s:\n%s", want, out.String())
	}
}

func TestExportIsTheLearnersAlone(t *testing.T) {
	t.Setenv("AETUTOR_STATE", t.TempDir())
	path := filepath.Join(t.TempDir(), "mine.json")
	if err := exec.CommandContext(t.Context(), "aetutor", "progress", "export", path).Run(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("the file has %v, %v", info.Mode(), err)
	}
}
