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
	file, glossary := filepath.Join(dir, "01-a", "lesson.md"), filepath.Join(dir, "glossary.md")
	save := func(file, text string) {
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
	write := func(text string) { t.Helper(); save(file, text) }
	const lesson = "---\nnumber: 1\nslug: a\ntitle: A\nminutes: 5\n---\n# One\nfirst words\n# Two\nsecond page\n"
	write(lesson)
	s := openWorkshop(t, "--lessons", dir, "--lesson", "a/two")
	await(t, s, "second page")
	write(strings.Replace(lesson, "second page", "other words", 1))
	await(t, s, "other words")
	write(lesson + "```lab nonsense\ntext: Nothing.\n```\n")
	await(t, s, `there is no lab "nonsense"`)
	await(t, s, "other words") // the last good version
	other := strings.NewReplacer("1", "2", "slug: a", "slug: b", "title: A", "title: Bees", "second page", "another lesson").Replace(lesson)
	save(filepath.Join(dir, "02-b", "lesson.md"), other)
	await(t, s, "Bees")
	s.press("2")
	s.press(" ")
	await(t, s, "another lesson")
	await(t, s, "mistakes in lesson 1")
	s.press("1")
	s.press(" ")
	await(t, s, `there is no lab "nonsense"`)
	save(glossary, "## words\npage: a/three\n\nThey mean something.\n")
	await(t, s, `"a/three"`)
	save(glossary, "## words\npage: a/one\n\nThey mean something.\n")
	mended := func(s *seenScreen) string {
		if strings.Contains(wholeScreen(s), `"a/three"`) {
			return ""
		}
		return "mended"
	}
	if _, err := s.until(mended, "mended"); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "02-b")); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Dir(file)); err != nil {
		t.Fatal(err)
	}
	await(t, s, "there are no lessons; write")
	write(lesson)
	await(t, s, "second page")
	s.press("q")
	expectCleanEnd(t, s)
}
