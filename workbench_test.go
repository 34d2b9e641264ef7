package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aetutor/aetutor/exercises"
)

// testWorkbench is a workbench in an empty directory of its own.
func testWorkbench(t *testing.T) (*workbench, exercises.Exercise) {
	t.Helper()
	t.Setenv("AETUTOR_STATE", t.TempDir())
	t.Chdir(t.TempDir())
	all, err := exercises.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return &workbench{all: all}, all[0]
}

func TestTheWorkspaceIsMadeWithTheFirstEdit(t *testing.T) {
	b, e := testWorkbench(t)
	t.Setenv("VISUAL", "")
	t.Setenv("EDITOR", "")
	text, path, err := b.Source(e)
	if err != nil || text != string(e.Source) || path != "" {
		t.Errorf("before there is a file: %q, %q, %v", text, path, err)
	}
	if b.Saved(t.Context(), e) != nil {
		t.Error("a file is watched that is not there")
	}
	how, err := b.Edit(t.Context(), e)
	if err != nil || !strings.Contains(how.Note, "The exercises are now files in") || how.Command != nil {
		t.Fatalf("editing is %+v, %v", how, err)
	}
	if how, err = b.Edit(t.Context(), e); err != nil || how.Note != "" {
		t.Errorf("the second time it is %+v, %v", how, err)
	}
	saved := b.Saved(t.Context(), e)
	if err := b.Save(e, "mine"); err != nil {
		t.Fatal(err)
	}
	select {
	case <-saved:
	case <-time.After(10 * time.Second):
		t.Error("nothing told of the save")
	}
	text, path, err = b.Source(e)
	if want := filepath.Join("aetutor", filepath.FromSlash(e.Path())); err != nil || text != "mine" || path != want {
		t.Errorf("the file is %q at %q, %v; want it at %q", text, path, err, want)
	}
	backup, err := b.Reset(e)
	if content, failed := os.ReadFile(backup); err != nil || failed != nil || string(content) != "mine" {
		t.Errorf("the backup %q holds %q; %v, %v", backup, content, err, failed)
	}
}

func TestTheLearnersOwnEditor(t *testing.T) {
	w, e := exercises.Workspace{Dir: "space"}, exercises.Exercise{Name: "a", Lesson: "l"}
	for _, test := range []struct {
		visual, editor string
		want           []string
	}{
		{"", "", nil}, {"", "vi", []string{"vi"}}, {"code --wait", "vi", []string{"code", "--wait"}}, {" ", "nano -l", []string{"nano", "-l"}},
	} {
		t.Setenv("VISUAL", test.visual)
		t.Setenv("EDITOR", test.editor)
		cmd := ownEditor(context.Background(), w, e)
		switch {
		case test.want == nil && cmd != nil:
			t.Errorf("without one it runs %v", cmd.Args)
		case test.want != nil && !slices.Equal(cmd.Args, append(test.want, w.File(e))):
			t.Errorf("VISUAL %q and EDITOR %q run %v", test.visual, test.editor, cmd.Args)
		}
	}
}
