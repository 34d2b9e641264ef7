package exercises

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/exercises/pack"
)

// toys are two exercises, whose files hold a text.
func toys(text string) []Exercise {
	return []Exercise{
		{Name: "one", Lesson: "first", Source: []byte("package one // " + text)},
		{Name: "two", Lesson: "first", Order: 1, Source: []byte("package two // " + text)},
	}
}

// testWorkspace holds old toys, and an empty vendor to save time.
func testWorkspace(t *testing.T) Workspace {
	t.Helper()
	w, err := CreateWorkspace(filepath.Join(t.TempDir(), "mine"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(w.Dir, "vendor"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := w.save(manifest{Files: map[string]string{}, Vendor: pack.ID()}); err != nil {
		t.Fatal(err)
	}
	updated(t, w, toys("old"))
	return w
}

// updated are the changes of an update, "path: what".
func updated(t *testing.T, w Workspace, all []Exercise) []string {
	t.Helper()
	changes, err := w.Update(context.Background(), all, Toolchain{})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, c := range changes {
		lines = append(lines, c.Path+": "+c.What)
	}
	return lines
}

func content(t *testing.T, w Workspace, e Exercise) string {
	t.Helper()
	text, err := os.ReadFile(w.File(e))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func edit(t *testing.T, w Workspace, e Exercise, text string) {
	t.Helper()
	if err := os.WriteFile(w.File(e), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestUpdateKeepsWhatTheLearnerChanged(t *testing.T) {
	w := testWorkspace(t)
	edit(t, w, toys("")[0], "mine")
	if changes := updated(t, w, toys("old")); changes != nil {
		t.Errorf("nothing is new, and %q was done", changes)
	}
	want := []string{
		"00-first/one/one.go: kept as you changed it; this aetutor has a newer one", "00-first/two/two.go: updated",
	}
	for range 2 { // The second time it is still theirs.
		if changes := updated(t, w, toys("new")); !slices.Equal(changes, want) {
			t.Errorf("got %q, want %q", changes, want)
		}
		want = want[:1]
	}
	if one, two := content(t, w, toys("")[0]), content(t, w, toys("")[1]); one != "mine" || two != "package two // new" {
		t.Errorf("the files hold %q and %q", one, two)
	}
}

// TestUpdateLeavesLineEndsAlone: some editors and version controls write others, which is no change.
func TestUpdateLeavesLineEndsAlone(t *testing.T) {
	w, all := testWorkspace(t), toys("old\n")
	updated(t, w, all)
	edit(t, w, all[0], "package one // old\r\n")
	if changes := updated(t, w, all); changes != nil || content(t, w, all[0]) != "package one // old\r\n" {
		t.Errorf("%q was done, and the file holds %q", changes, content(t, w, all[0]))
	}
	want := []string{"00-first/one/one.go: updated", "00-first/two/two.go: updated"}
	if changes := updated(t, w, toys("new\n")); !slices.Equal(changes, want) {
		t.Errorf("got %q, want %q", changes, want)
	}
}

func TestUpdateWritesMissingFilesAndRemovesOldOnes(t *testing.T) {
	w := testWorkspace(t)
	if err := os.Remove(w.File(toys("")[0])); err != nil {
		t.Fatal(err)
	}
	want := []string{"00-first/one/one.go: was missing, written again", "00-first/two/two.go: removed; this aetutor has it no more"}
	if changes := updated(t, w, toys("old")[:1]); !slices.Equal(changes, want) {
		t.Errorf("got %q, want %q", changes, want)
	}
	updated(t, w, toys("old"))
	edit(t, w, toys("")[1], "mine")
	want = []string{"00-first/two/two.go: kept as you changed it; this aetutor has it no more"}
	if changes := updated(t, w, toys("old")[:1]); !slices.Equal(changes, want) || content(t, w, toys("")[1]) != "mine" {
		t.Errorf("got %q, want %q", changes, want)
	}
}

func TestWorkspacesAreFoundAndOthersAreNot(t *testing.T) {
	w := testWorkspace(t)
	if found, ok := FindWorkspace(filepath.Dir(w.File(toys("")[0]))); !ok || found != w {
		t.Errorf("found %v, %v", found, ok)
	}
	other := t.TempDir()
	if found, ok := FindWorkspace(other); ok {
		t.Errorf("found %v where there is none", found)
	}
	if err := os.WriteFile(filepath.Join(other, "letter"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := CreateWorkspace(other); err == nil || !strings.Contains(err.Error(), "name a new directory") {
		t.Errorf("a directory with a file became a workspace: %v", err)
	}
	if again, err := CreateWorkspace(w.Dir); err != nil || again != w {
		t.Errorf("a workspace is no workspace: %v", err)
	}
}

func TestResetKeepsABackup(t *testing.T) {
	w, e := testWorkspace(t), toys("old")[0]
	for i, want := range []string{w.File(e) + ".backup", w.File(e) + ".backup-2", ""} {
		if i < 2 {
			edit(t, w, e, "mine")
		}
		backup, err := w.Reset(e)
		if err != nil || backup != want || content(t, w, e) != string(e.Source) {
			t.Fatalf("backup %q, %v; want %q", backup, err, want)
		}
		if want == "" {
			continue
		}
		if kept, err := os.ReadFile(backup); err != nil || string(kept) != "mine" {
			t.Errorf("the backup holds %q, %v", kept, err)
		}
	}
	if changes := updated(t, w, toys("new")); len(changes) != 2 || !strings.HasSuffix(changes[0], "updated") {
		t.Errorf("after a reset the file is still taken for the learner's: %q", changes)
	}
}

func TestADamagedManifestIsSaid(t *testing.T) {
	w := testWorkspace(t)
	if err := os.WriteFile(filepath.Join(w.Dir, manifestName), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Update(t.Context(), toys("old"), Toolchain{}); err == nil || !strings.Contains(err.Error(), "is damaged") {
		t.Errorf("got %v", err)
	}
}
