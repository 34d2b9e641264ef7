package atomicfile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/internal/atomicfile"
)

// expect asserts what a file holds, and how many files its directory has.
func expect(t *testing.T, path, want string, files int) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("the file holds %.40q, %v; want %.40q", got, err, want)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != files {
		t.Errorf("its directory has %v, %v; want %d files", entries, err, files)
	}
}

// put writes a file as anybody would.
func put(t *testing.T, path, content string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

func modeOf(t *testing.T, path string) os.FileMode {
	t.Helper()
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode()
}

func TestWriteReplacesAllOfAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a name with blanks and ä")
	for _, text := range []string{"a long text", "short", ""} {
		if err := atomicfile.Write(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		expect(t, path, text, 1)
	}
}

func TestPermissionsStay(t *testing.T) {
	dir := t.TempDir()
	for _, mode := range []os.FileMode{0o600, 0o666, 0o755} {
		path := filepath.Join(dir, "old")
		put(t, path, "old", mode)
		mode = modeOf(t, path) // Windows knows fewer of them.
		if err := atomicfile.Write(path, []byte("new"), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := modeOf(t, path); got != mode {
			t.Errorf("%v became %v", mode, got)
		}
	}
	// What a new file gets depends on the umask, as with every other way to make one.
	for _, mode := range []os.FileMode{0o600, 0o666} {
		mine, theirs := filepath.Join(dir, "mine"), filepath.Join(dir, "theirs")
		if err := atomicfile.Write(mine, nil, mode); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(theirs, nil, mode); err != nil {
			t.Fatal(err)
		}
		if got, want := modeOf(t, mine), modeOf(t, theirs); got != want {
			t.Errorf("a new file is %v, want %v", got, want)
		}
		for _, path := range []string{mine, theirs} {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestAFileThatMayNotBeWrittenIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mine")
	put(t, path, "mine", 0o444)
	if file, err := os.OpenFile(path, os.O_WRONLY, 0); err == nil {
		t.Skip("who runs this test may write every file", file.Close())
	}
	if err := atomicfile.Write(path, []byte("new"), 0o644); !os.IsPermission(err) {
		t.Errorf("it says %v", err)
	}
	expect(t, path, "mine", 1)
}

func TestLinksStay(t *testing.T) {
	root := t.TempDir()
	far, near := filepath.Join(root, "far", "deep"), filepath.Join(root, "near")
	for _, dir := range []string{far, near} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	// A link to a link, through a linked directory whose parent is not where its name says.
	links := []struct{ name, target string }{
		{filepath.Join(root, "door"), far},
		{filepath.Join(far, "second"), filepath.Join("..", "file")},
		{filepath.Join(near, "first"), filepath.Join("..", "door", "second")},
	}
	for _, link := range links {
		if err := os.Symlink(link.target, link.name); err != nil {
			t.Skip(err)
		}
	}
	file := filepath.Join(root, "far", "file")
	// The second time the file is there, the first time it is not.
	for _, text := range []string{"one", "two"} {
		if err := atomicfile.Write(filepath.Join(near, "first"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		expect(t, file, text, 2)
	}
	for _, link := range links {
		if modeOf(t, link.name)&os.ModeSymlink == 0 {
			t.Errorf("%s is no link any more", link.name)
		}
	}
	ring := filepath.Join(root, "ring")
	if err := os.Symlink("ring", ring); err != nil {
		t.Fatal(err)
	}
	if err := atomicfile.Write(ring, nil, 0o644); err == nil || !strings.Contains(err.Error(), ring) {
		t.Errorf("of a link to itself it says %v", err)
	}
}

func TestADeviceStaysOne(t *testing.T) {
	before := modeOf(t, os.DevNull)
	if err := atomicfile.Write(os.DevNull, []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	if after := modeOf(t, os.DevNull); after != before {
		t.Errorf("%s became %v", os.DevNull, after)
	}
}

func TestADirectoryIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	if err := atomicfile.Write(dir, []byte("text"), 0o644); err == nil {
		t.Error("a file was written in the place of a directory")
	}
	if !modeOf(t, dir).IsDir() {
		t.Error("the directory is gone")
	}
}

func TestErrorsNameTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none", "file")
	if err := atomicfile.Write(path, nil, 0o644); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), path) {
		t.Errorf("it says %v, want %s in it", err, path)
	}
}

func TestNewTakesAFreeName(t *testing.T) {
	base := filepath.Join(t.TempDir(), "backup")
	for i, want := range []string{".json", "-2.json", "-3.json"} {
		path, err := atomicfile.New(base, ".json", []byte(want), 0o600)
		if err != nil || path != base+want {
			t.Fatalf("the file is %s, %v; want %s", path, err, base+want)
		}
		expect(t, path, want, i+1)
	}
	if path, err := atomicfile.New(filepath.Join(base, "none"), "", nil, 0o600); err == nil {
		t.Errorf("%s was made in a directory that there is not", path)
	}
}
