package progress

import (
	"bytes"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adrg/xdg"
)

// open opens a store that must give no notice.
func open(t *testing.T, path string) *SQLite {
	t.Helper()
	s, notice, err := Open(path)
	if err != nil || notice != "" {
		t.Fatalf("opening %s gives %q, %v", path, notice, err)
	}
	t.Cleanup(func() { closed(t, s) })
	return s
}

func TestDefaultPath(t *testing.T) {
	want := func(path string) {
		t.Helper()
		if got, err := DefaultPath(); err != nil || got != path {
			t.Errorf("got %s, %v, want %s", got, err, path)
		}
	}
	dir := t.TempDir()
	t.Setenv("AETUTOR_STATE", "")
	t.Setenv("XDG_STATE_HOME", dir)
	xdg.Reload()
	want(filepath.Join(dir, "aetutor", "progress.db"))
	t.Setenv("AETUTOR_STATE", filepath.Join(dir, "class"))
	want(filepath.Join(dir, "class", "progress.db"))
	t.Chdir(dir)
	t.Setenv("AETUTOR_STATE", "class")
	want(filepath.Join(dir, "class", "progress.db"))
}

func TestFilesAreTheLearnersAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "one", "two")
	s := open(t, filepath.Join(dir, "progress.db"))
	record(t, s, "", some()...)
	for path, want := range map[string]fs.FileMode{
		filepath.Dir(dir):                      fs.ModeDir | 0o700,
		dir:                                    fs.ModeDir | 0o700,
		filepath.Join(dir, "progress.db"):      0o600,
		filepath.Join(dir, "progress.db-wal"):  0o600,
		filepath.Join(dir, "progress.db-shm"):  0o600,
		filepath.Join(dir, "progress.db.lock"): 0,
	} {
		info, err := os.Stat(path)
		if err != nil || want != 0 && info.Mode() != want {
			t.Errorf("%s: got %v, %v, want %v", path, info.Mode(), err, want)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 4 {
		t.Errorf("there are %v, %v", entries, err)
	}
}

func TestStrangePathsAreFiles(t *testing.T) {
	for _, name := range []string{"with space", "50%41", "who?mode=memory", "a#b", "é", "a&b;c", "file:x"} {
		dir := t.TempDir()
		path := filepath.Join(dir, name)
		record(t, open(t, path), "", some()...)
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) != 4 || entries[0].Name() != name {
			t.Errorf("%s: there are %v, %v", name, entries, err)
		}
		if p := load(t, open(t, path), ""); len(p.Pages) != 1 {
			t.Errorf("%s: the progress does not come back", name)
		}
	}
}

func TestRelativePathAndLink(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.Mkdir("synced", 0o700); err != nil {
		t.Fatal(err)
	}
	record(t, open(t, filepath.Join("synced", "p.db")), "", some()...)
	if err := os.Symlink(filepath.Join("synced", "p.db"), "progress.db"); err != nil {
		t.Fatal(err)
	}
	if p := load(t, open(t, "progress.db"), ""); len(p.Pages) != 1 {
		t.Error("the progress does not come through a link")
	}
}

// used is the content of a database with some facts.
func used(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "progress.db")
	s, _, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	record(t, s, "", some()...)
	closed(t, s)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func foreignDatabase(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "other.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE cookies (name TEXT)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestDamagedFilesAreSetAside(t *testing.T) {
	good := used(t)
	const pageSize = 4096
	scrambled := bytes.Clone(good)
	for i := pageSize; i < 2*pageSize; i++ {
		scrambled[i] ^= 0xa5
	}
	for name, content := range map[string][]byte{
		"empty":         {},
		"one byte":      {'S'},
		"text":          []byte("This is no database.\n"),
		"garbage":       bytes.Repeat([]byte{0xde, 0xad, 0xbe, 0xef}, 10_000),
		"header only":   good[:100],
		"truncated":     good[:len(good)/2],
		"last page cut": good[:len(good)-pageSize],
		"scrambled":     scrambled,
		"foreign":       foreignDatabase(t),
	} {
		path := filepath.Join(t.TempDir(), "progress.db")
		for n := range 2 { // The second of a moment needs another name.
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			for _, suffix := range []string{"-wal", "-shm"} {
				if err := os.WriteFile(path+suffix, []byte("left behind"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			s, notice, err := Open(path)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if !strings.HasPrefix(notice, path+" is ") || !strings.Contains(notice, path+".damaged-") {
				t.Errorf("%s: the notice is %q", name, notice)
			}
			record(t, s, "", some()...)
			if p := load(t, s, ""); len(p.Pages) != 1 {
				t.Errorf("%s: the fresh file keeps nothing", name)
			}
			closed(t, s)
			if found, err := filepath.Glob(path + ".damaged-*Z*"); err != nil || len(found) < n+1 {
				t.Errorf("%s: there are %v, %v", name, found, err)
			}
			_, aside, _ := strings.Cut(notice, "it is kept as ")
			aside, _, _ = strings.Cut(aside, ",")
			if kept, err := os.ReadFile(aside); err != nil || !bytes.Equal(kept, content) {
				t.Errorf("%s: set aside were %d bytes, %v, want %d", name, len(kept), err, len(content))
			}
			// SQLite would take the log of an empty file for worthless, though it may hold all of the facts.
			if log, err := os.ReadFile(aside + "-wal"); name == "empty" && string(log) != "left behind" {
				t.Errorf("the log that was set aside is %q, %v", log, err)
			}
			closed(t, open(t, path))
		}
	}
}

func TestDirectoryInPlaceIsSetAside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "progress.db")
	if err := os.MkdirAll(filepath.Join(path, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	s, notice, err := Open(path)
	if err != nil || !strings.Contains(notice, path+" is a directory; it is kept as ") {
		t.Fatalf("got %q, %v", notice, err)
	}
	record(t, s, "", some()...)
	closed(t, s)
	if found, err := filepath.Glob(path + ".damaged-*/full"); err != nil || len(found) != 1 {
		t.Errorf("there are %v, %v", found, err)
	}
}

// TestAnyDamageIsSurvived damages a file at one place after another. A damage that the format shows is set aside, and in
// no case does the program fail.
func TestAnyDamageIsSurvived(t *testing.T) {
	good := used(t)
	path := filepath.Join(t.TempDir(), "progress.db")
	aside := 0
	for at := 0; at < len(good); at += 409 {
		damaged := bytes.Clone(good)
		for i := at; i < min(at+16, len(good)); i++ {
			damaged[i] ^= 0xff
		}
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		s, notice, err := Open(path)
		if err != nil {
			// A damaged version cannot be told from a newer one.
			if !strings.Contains(err.Error(), "newer aetutor") {
				t.Errorf("byte %d: %v", at, err)
			}
			continue
		}
		if notice != "" {
			aside++
		}
		load(t, s, "")
		closed(t, s)
	}
	if aside < 5 {
		t.Errorf("%d damaged files were set aside", aside)
	}
}

func TestWrongPermissionsAreMended(t *testing.T) {
	for _, mode := range []fs.FileMode{0, 0o400, 0o644, 0o777} {
		path := filepath.Join(t.TempDir(), "progress.db")
		if err := os.WriteFile(path, used(t), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		record(t, open(t, path), "", PageRead{Page: "a/y"})
		if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
			t.Errorf("%v became %v, %v", mode, info.Mode(), err)
		}
	}
}

func TestPathThatCannotBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(file, "progress.db")
	_, notice, err := Open(path)
	if err == nil || notice != "" || !strings.Contains(err.Error(), path) ||
		!strings.Contains(err.Error(), "set AETUTOR_STATE to a directory that is") {
		t.Errorf("got %q, %v", notice, err)
	}
}

func TestDeviceIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "progress.db")
	if err := os.Symlink(os.DevNull, path); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	// Open would follow the link and put its lock file beside the device.
	if _, _, err := examine(path); err == nil || !strings.Contains(err.Error(), "move it away") {
		t.Errorf("got %v", err)
	}
	after, err := os.Stat(os.DevNull)
	if err != nil || !os.SameFile(before, after) || before.Mode() != after.Mode() {
		t.Errorf("the device became %v, %v", after, err)
	}
}

// TestStaleLogIsNotTaken checks that a log whose database was removed does not become part of a fresh one.
func TestStaleLogIsNotTaken(t *testing.T) {
	path := filepath.Join(t.TempDir(), "progress.db")
	s, _, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	record(t, s, "", some()...)
	log, err := os.ReadFile(path + "-wal")
	if err != nil || len(log) == 0 {
		t.Fatalf("the log has %d bytes, %v", len(log), err)
	}
	closed(t, s)
	if err := errors.Join(os.Remove(path), os.WriteFile(path+"-wal", log, 0o600)); err != nil {
		t.Fatal(err)
	}
	if p := load(t, open(t, path), ""); !p.empty() {
		t.Errorf("the fresh file holds %+v", p)
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "progress.db")
	s, _, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	record(t, s, "", some()...)
	if _, err := s.db.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	_, notice, err := Open(path)
	want := "it was written by a newer aetutor (schema 99, this one knows 1); update aetutor"
	if err == nil || notice != "" || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), want) {
		t.Errorf("got %q, %v, want %s", notice, err, want)
	}
	if found, err := filepath.Glob(path + ".damaged*"); err != nil || len(found) > 0 {
		t.Errorf("it was set aside as %v, %v", found, err)
	}
}

// TestMigrationGoesForward brings a file of version 1 with facts to a version 2 of this test.
func TestMigrationGoesForward(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "progress.db"))
	record(t, s, "", some()...)
	before := exported(t, s, "")
	if err := migrate(s.db, append(schema(), "CREATE TABLE badges (learner TEXT); nonsense")); err == nil {
		t.Error("a step that fails gives no error")
	}
	var version, tables int
	ask := func() {
		t.Helper()
		err := errors.Join(s.db.QueryRow("PRAGMA user_version").Scan(&version),
			s.db.QueryRow("SELECT count(*) FROM sqlite_schema WHERE name = 'badges'").Scan(&tables))
		if err != nil {
			t.Fatal(err)
		}
	}
	if ask(); version != 1 || tables != 0 {
		t.Errorf("after a step that failed the version is %d, with %d of its tables", version, tables)
	}
	if err := migrate(s.db, append(schema(), "CREATE TABLE badges (learner TEXT)")); err != nil {
		t.Fatal(err)
	}
	if ask(); version != 2 || tables != 1 {
		t.Errorf("after the step the version is %d, with %d of its tables", version, tables)
	}
	if after := exported(t, s, ""); after != before {
		t.Errorf("the facts became %s, they were %s", after, before)
	}
}

// TestSchema1IsRead opens a database as schema 1 wrote it: nothing of it is lost, and facts merge with it.
func TestSchema1IsRead(t *testing.T) {
	statements, err := os.ReadFile(filepath.Join("testdata", "schema1.sql"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "progress.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(string(statements)); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	p := load(t, s, "")
	for what, n := range map[string]int{
		"pages": len(p.Pages), "answers": len(p.Answers), "tasks": len(p.Tasks), "exercises": len(p.Exercises),
		"hints": len(p.Hints), "spent": len(p.Spent),
	} {
		if n != 1 {
			t.Errorf("there are %d %s, want 1", n, what)
		}
	}
	if p.Place.Page != "autoencoder/the-loss" || len(p.Bests) != 1 || p.Bests[0].Value != 0.5 || !p.Bests[0].Lower {
		t.Errorf("it was read as %+v", p)
	}
	for value, want := range map[float64]float64{0.7: 0.5, 0.5: 0.5} {
		if record(t, s, "", Best{Lab: "train", Figure: "error", Lower: true, Value: value}); load(t, s, "").Bests[0].Value != want {
			t.Errorf("after %v the best is %v, want %v", value, load(t, s, "").Bests[0].Value, want)
		}
	}
	record(t, s, "", Best{Lab: "train", Figure: "error", Lower: true, Value: 0.25})
	if got := load(t, s, "").Bests; len(got) != 1 || got[0].Value != 0.25 {
		t.Errorf("the bests are %+v, want 0.25", got)
	}
}
