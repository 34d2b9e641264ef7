//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAuthorSeesWhatTheyWrite writes a lesson while the workshop shows it.
func TestAuthorSeesWhatTheyWrite(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	file := filepath.Join(dir, "01-a", "lesson.md")
	write := func(text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		// A new file that takes the place of the old one, as many editors do it.
		if err := os.WriteFile(file+"~", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(file+"~", file); err != nil {
			t.Fatal(err)
		}
	}
	const lesson = "---\nnumber: 1\nslug: a\ntitle: A\nminutes: 5\n---\n# One\nfirst words\n# Two\nsecond page\n"
	write(lesson)
	s := openWorkshop(t, "--lessons", dir, "--lesson", "a/two")
	await(t, s, "second page")
	write(strings.Replace(lesson, "second page", "other words", 1))
	await(t, s, "other words")
	write(lesson + "```lab nonsense\ntext: Nothing.\n```\n")
	await(t, s, `there is no lab "nonsense"`)
	await(t, s, "other words") // the last good version
	if err := os.RemoveAll(filepath.Dir(file)); err != nil {
		t.Fatal(err)
	}
	await(t, s, "there are no lessons; write")
	write(lesson)
	await(t, s, "second page")
	s.press("q")
	expectCleanEnd(t, s)
}
