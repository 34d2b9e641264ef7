package exercises

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestWriteAndRead(t *testing.T) {
	w, e := testWorkspace(t), toys("old")[0]
	for _, text := range []string{"package one // mine", ""} {
		if err := w.Write(e, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := w.Read(e); err != nil || string(got) != text {
			t.Errorf("got %q and %v, want %q", got, err, text)
		}
	}
	// Nothing but the file stays in its directory, and it may be read by the learner's own tools.
	entries, err := os.ReadDir(filepath.Dir(w.File(e)))
	if err != nil || len(entries) != 1 {
		t.Errorf("beside the file there is %v, %v", entries, err)
	}
}

func TestAFileKeepsItsPermissions(t *testing.T) {
	w, e := testWorkspace(t), toys("old")[0]
	if err := os.Chmod(w.File(e), 0o600); err != nil {
		t.Fatal(err)
	}
	write := func() error { return w.Write(e, []byte("mine")) }
	reset := func() error { _, err := w.Reset(e); return err }
	for _, do := range []func() error{write, reset} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(w.File(e)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the file is %v, %v", info.Mode(), err)
		}
	}
}

func TestWriteFollowsLinks(t *testing.T) {
	w, e := testWorkspace(t), toys("old")[0]
	elsewhere := filepath.Join(t.TempDir(), "mine.go")
	if err := os.Rename(w.File(e), elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, w.File(e)); err != nil {
		t.Skip(err)
	}
	if err := w.Write(e, []byte("mine")); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(elsewhere); err != nil || string(got) != "mine" {
		t.Errorf("the linked file holds %q, %v", got, err)
	}
}

func TestAFileWithoutEndIsNotRead(t *testing.T) {
	w, e := testWorkspace(t), toys("old")[0]
	if err := w.Write(e, make([]byte, maxSource+1)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Read(e); err == nil || !strings.Contains(err.Error(), "aetutor reset one") {
		t.Errorf("it says %v", err)
	}
}

func TestAFailedWriteNamesTheFile(t *testing.T) {
	w, e := testWorkspace(t), toys("old")[0]
	dir := filepath.Dir(w.File(e))
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	err := w.Write(e, []byte("mine"))
	if err == nil || !strings.HasPrefix(err.Error(), "writing "+w.File(e)+": ") || strings.Contains(err.Error(), "saving") {
		t.Errorf("it says %v", err)
	}
	if remedy := "; move away what stands in its place"; !strings.HasSuffix(err.Error(), remedy) {
		t.Errorf("it says %v, want%s", err, remedy)
	}
	if _, err := w.Read(e); err == nil || !strings.HasPrefix(err.Error(), "reading "+w.File(e)+": ") {
		t.Errorf("of reading it says %v", err)
	}
}

// cause is the innermost error of err, in the words of the system.
func cause(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}

func TestErrorsOfFilesSayWhatHelps(t *testing.T) {
	denied := &os.PathError{Op: "open", Path: "one.go", Err: syscall.EACCES}
	full := &os.PathError{Op: "write", Path: "one.go", Err: syscall.ENOSPC}
	readOnly := &os.PathError{Op: "rename", Path: "one.go", Err: syscall.EROFS}
	for remedy, err := range map[string]error{
		"; see that you may read and write it and its directory": denied,
		"; free some space": full,
		"; aetutor init DIR makes a workspace elsewhere": readOnly,
		"": io.EOF,
	} {
		want := "writing one.go: " + cause(err).Error() + remedy
		if got := fileError("writing", "one.go", err); got.Error() != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
	if err := fileError("writing", "one.go", nil); err != nil {
		t.Errorf("no error became %v", err)
	}
}

func TestATextIsKeptBesideTheFile(t *testing.T) {
	w, e := testWorkspace(t), toys("old")[0]
	before, err := w.Read(e)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{".backup", ".backup-2"} {
		path, err := w.Keep(e, []byte("mine"+want))
		if kept, failed := os.ReadFile(path); err != nil || failed != nil || path != w.File(e)+want || string(kept) != "mine"+want {
			t.Errorf("%s holds %q; %v, %v", path, kept, err, failed)
		}
	}
	if after, err := w.Read(e); err != nil || string(after) != string(before) {
		t.Errorf("the file itself holds %q, %v", after, err)
	}
}
