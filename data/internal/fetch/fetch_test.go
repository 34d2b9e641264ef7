package main

import (
	"archive/zip"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// serveModule makes a module proxy in a directory, with one module that holds data/a.bin = "hello", and points the go
// command at it.
func serveModule(t *testing.T) {
	t.Helper()
	proxy := t.TempDir()
	versions := filepath.Join(proxy, "example.com/set/@v")
	if err := os.MkdirAll(versions, 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(name, content string) {
		if err := os.WriteFile(filepath.Join(versions, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("list", "v1.0.0\n")
	write("v1.0.0.info", `{"Version":"v1.0.0","Time":"2020-01-01T00:00:00Z"}`)
	write("v1.0.0.mod", "module example.com/set\n")
	archive, err := os.Create(filepath.Join(versions, "v1.0.0.zip"))
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(archive)
	for name, content := range map[string]string{"go.mod": "module example.com/set\n", "data/a.bin": "hello"} {
		w, err := z.Create("example.com/set@v1.0.0/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOPROXY", "file://"+filepath.ToSlash(proxy))
	t.Setenv("GONOSUMDB", "*")
	t.Setenv("GOFLAGS", "-modcacherw")
	t.Setenv("GOMODCACHE", t.TempDir())
	t.Setenv("GOTOOLCHAIN", "local")
}

// table writes a SOURCES.md with the given rows.
func table(t *testing.T, rows ...string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	text := "# Sources\n\n| file | bytes | SHA-256 | source |\n|---|---:|---|---|\n" + strings.Join(rows, "\n") + "\n\nEnd.\n"
	if err := os.WriteFile(filepath.Join(dir, "SOURCES.md"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// helloSum is what `printf hello | sha256sum` prints.
const helloSum = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

func TestFetchMakesFiles(t *testing.T) {
	serveModule(t)
	dir := table(t, "| set/a.bin | 5 | "+helloSum+" | go:example.com/set@v1.0.0/data/a.bin |")
	if err := run(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "set/a.bin"))
	if err != nil || string(got) != "hello" {
		t.Errorf("got %q, %v", got, err)
	}
	if left, err := os.ReadDir(filepath.Join(dir, "set")); err != nil || len(left) != 1 {
		t.Errorf("set holds %v, %v; want a.bin alone", left, err)
	}
}

func TestFetchRefuses(t *testing.T) {
	serveModule(t)
	other := fmt.Sprintf("%x", sha256.Sum256([]byte("other")))
	for _, test := range []struct{ name, row, want string }{
		{"sum", "| a.bin | 5 | " + other + " | go:example.com/set@v1.0.0/data/a.bin |", "SOURCES.md:5: a.bin: SHA-256: want " + other + ", got " + helloSum},
		{"larger", "| a.bin | 4 | " + helloSum + " | go:example.com/set@v1.0.0/data/a.bin |", "size: want 4 bytes, got 5"},
		{"smaller", "| a.bin | 6 | " + helloSum + " | go:example.com/set@v1.0.0/data/a.bin |", "size: want 6 bytes, got 5"},
		{"no file", "| a.bin | 5 | " + helloSum + " | go:example.com/set@v1.0.0/data/b.bin |", "b.bin"},
		{"no version", "| a.bin | 5 | " + helloSum + " | go:example.com/set@v2.0.0/data/a.bin |", "go mod download example.com/set@v2.0.0"},
		{"no kind", "| a.bin | 5 | " + helloSum + " | http://example.com/a.bin |", "want go:MODULE@VERSION/PATH or deb:PACKAGE@VERSION/PATH"},
		{"outside source", "| a.bin | 5 | " + helloSum + " | go:example.com/set@v1.0.0/../a.bin |", "want go:MODULE@VERSION/PATH"},
		{"outside file", "| ../a.bin | 5 | " + helloSum + " | go:example.com/set@v1.0.0/data/a.bin |", "SOURCES.md:5: ../a.bin is outside"},
		{"no row", "| a.bin | five | x | y |", "SOURCES.md:5: not `| file | bytes | SHA-256 | source |`"},
		{"empty", "", "no table of files"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := table(t, test.row)
			old := filepath.Join(dir, "a.bin")
			if err := os.WriteFile(old, []byte("old"), 0o644); err != nil {
				t.Fatal(err)
			}
			err := run(t.Context(), dir)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if kept, err := os.ReadFile(old); err != nil || string(kept) != "old" {
				t.Errorf("the old file holds %q, %v", kept, err)
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
				t.Errorf("the directory holds %v, %v; want the old file and SOURCES.md", left, err)
			}
		})
	}
}
