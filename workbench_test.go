package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
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
	w, e := exercises.Workspace{Dir: "my space"}, exercises.Exercise{Name: "a", Lesson: "l"}
	for _, test := range []struct{ visual, editor, want, choice string }{
		{"", "", "", ""}, {"", "vi", "vi", "EDITOR is vi"}, {"code --wait", "vi", "code --wait", "VISUAL is code --wait"},
		{" ", "nano -l", "nano -l", "EDITOR is nano -l"},
	} {
		t.Setenv("VISUAL", test.visual)
		t.Setenv("EDITOR", test.editor)
		cmd, choice := ownEditor(t.Context(), w, e)
		if choice != test.choice || (cmd == nil) != (test.want == "") {
			t.Errorf("VISUAL %q and EDITOR %q run %v, since %s", test.visual, test.editor, cmd, choice)
		}
		if cmd != nil && !slices.Equal(cmd.Args, editorWords(runtime.GOOS, test.want, w.File(e))) {
			t.Errorf("VISUAL %q and EDITOR %q run %v", test.visual, test.editor, cmd.Args)
		}
	}
}

// TestAnEditorWithBlanksInItsPath runs an editor as learners name theirs; it writes down its arguments.
func TestAnEditorWithBlanksInItsPath(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it is a script of a shell")
	}
	dir := filepath.Join(t.TempDir(), "my tools")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(dir, "ed it")
	if err := os.WriteFile(script, []byte("#!/bin/sh\nfor a; do echo \"<$a>\"; done\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TOOLS", dir)
	for _, editor := range []string{`"` + script + `" -w`, `'` + script + `' "-w"`, `"$TOOLS/ed it" -w`} {
		words := editorWords(runtime.GOOS, editor, "my file.go")
		out, err := exec.Command(words[0], words[1:]...).CombinedOutput()
		if err != nil || string(out) != "<-w>\n<my file.go>\n" {
			t.Errorf("%s: %s, %v", editor, out, err)
		}
	}
}

func TestEditorsOfWindows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "an editor")
	if err := os.WriteFile(path, nil, 0o755); err != nil {
		t.Fatal(err)
	}
	for editor, want := range map[string][]string{
		"notepad":                           {"notepad"},
		"code  --wait":                      {"code", "--wait"},
		`"C:\My Tools\np.exe" -multi "a b"`: {`C:\My Tools\np.exe`, "-multi", "a b"},
		`C:\Tools\np.exe ""`:                {`C:\Tools\np.exe`, ""},
		path:                                {path},
	} {
		if got := editorWords("windows", editor, "f.go"); !slices.Equal(got, append(want, "f.go")) {
			t.Errorf("%s runs %q", editor, got)
		}
	}
}
