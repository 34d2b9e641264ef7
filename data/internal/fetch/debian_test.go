package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fakeDebian answers the commands of packages as a Debian machine would.
type fakeDebian struct {
	installed  string            // what dpkg-query says is installed
	downloads  map[string]string // "PACKAGE=VERSION" to the content of its file share/a.bin
	perPackage int               // .deb files that a download leaves
	calls      []string
}

func (f *fakeDebian) run(_ context.Context, dir, name string, args ...string) (string, error) {
	f.calls = append(f.calls, name)
	switch name {
	case "dpkg-query":
		if f.installed == "" {
			return "", errors.New("no packages found")
		}
		return f.installed, nil
	case "apt-get":
		content, ok := f.downloads[args[len(args)-1]]
		if !ok || args[0] != "download" {
			return "", fmt.Errorf("apt-get %s: not found", strings.Join(args, " "))
		}
		for i := range f.perPackage {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("set_%d.deb", i)), []byte(content), 0o644); err != nil {
				return "", err
			}
		}
		return "", nil
	case "dpkg-deb":
		content, err := os.ReadFile(args[1])
		if err != nil {
			return "", err
		}
		if err := os.MkdirAll(filepath.Join(args[2], "share"), 0o755); err != nil {
			return "", err
		}
		return "", os.WriteFile(filepath.Join(args[2], "share", "a.bin"), content, 0o644)
	}
	return "", fmt.Errorf("unexpected command %s", name)
}

// fetchDebian fetches a.bin, "hello", from share/a.bin of version 1:2-3+x of the package set.
func fetchDebian(t *testing.T, f *fakeDebian, root string, rows ...string) (content string, err error) {
	t.Helper()
	if rows == nil {
		rows = []string{"| a.bin | 5 | " + helloSum + " | deb:set@1:2-3+x/share/a.bin |"}
	}
	dir := table(t, rows...)
	from := newSources(t.TempDir())
	from.packages.root, from.packages.run = root, f.run
	err = fetch(t.Context(), dir, from)
	got, _ := os.ReadFile(filepath.Join(dir, "a.bin"))
	return string(got), err
}

// install puts share/a.bin into a root directory.
func install(t *testing.T, content string) (root string) {
	t.Helper()
	root = t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "share"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "share", "a.bin"), []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return root
}

func TestInstalledPackageIsRead(t *testing.T) {
	f := &fakeDebian{installed: "1:2-3+x"}
	if got, err := fetchDebian(t, f, install(t, "hello")); err != nil || got != "hello" {
		t.Errorf("got %q, %v", got, err)
	}
	if !slices.Equal(f.calls, []string{"dpkg-query"}) {
		t.Errorf("ran %v, want dpkg-query alone", f.calls)
	}
}

func TestPackageIsDownloadedOnce(t *testing.T) {
	download := map[string]string{"set=1:2-3+x": "hello"}
	for name, test := range map[string]struct{ installed, root string }{
		"not installed":        {"", install(t, "other")},
		"another version":      {"1:2-2", install(t, "other")},
		"installed without it": {"1:2-3+x", t.TempDir()},
	} {
		f := &fakeDebian{installed: test.installed, downloads: download, perPackage: 1}
		row := "a.bin | 5 | " + helloSum + " | deb:set@1:2-3+x/share/a.bin |"
		if got, err := fetchDebian(t, f, test.root, "| "+row, "| copy/"+row); err != nil || got != "hello" {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
		if want := []string{"dpkg-query", "apt-get", "dpkg-deb", "dpkg-query"}; !slices.Equal(f.calls, want) {
			t.Errorf("%s: ran %v, want %v", name, f.calls, want)
		}
	}
}

func TestPackageIsRefused(t *testing.T) {
	download := map[string]string{"set=1:2-3+x": "jello"}
	row := func(source string) string { return "| a.bin | 5 | " + helloSum + " | " + source + " |" }
	for _, test := range []struct {
		name, source string
		debs         int
		want         string
	}{
		{"other content", "deb:set@1:2-3+x/share/a.bin", 1, "SOURCES.md:5: a.bin: SHA-256: want " + helloSum},
		{"no such version", "deb:set@9/share/a.bin", 1, "apt-get download set=9: not found"},
		{"no such file", "deb:set@1:2-3+x/share/b.bin", 1, "b.bin"},
		{"nothing downloaded", "deb:set@1:2-3+x/share/a.bin", 0, "left 0 .deb files; want 1"},
		{"two downloaded", "deb:set@1:2-3+x/share/a.bin", 2, "left 2 .deb files; want 1"},
		{"no version", "deb:set@/share/a.bin", 1, "PACKAGE@VERSION"},
		{"an option for a name", "deb:-o@1/share/a.bin", 1, "PACKAGE@VERSION"},
		{"no path", "deb:set@1", 1, "want go:MODULE@VERSION/PATH or deb:PACKAGE@VERSION/PATH"},
		{"outside", "deb:set@1/../a.bin", 1, "want go:MODULE@VERSION/PATH or deb:PACKAGE@VERSION/PATH"},
	} {
		f := &fakeDebian{downloads: download, perPackage: test.debs}
		got, err := fetchDebian(t, f, t.TempDir(), row(test.source))
		if err == nil || !strings.Contains(err.Error(), test.want) || got != "" {
			t.Errorf("%s: got %q, %v; want %q", test.name, got, err, test.want)
		}
	}
}

func TestCommandsThatFailSayWhy(t *testing.T) {
	if _, err := execute(t.Context(), t.TempDir(), "go", "no-such-command"); err == nil || !strings.Contains(err.Error(), "unknown command") {
		t.Errorf("got %v; want what go printed", err)
	}
	if _, err := execute(t.Context(), t.TempDir(), "no-such-program"); err == nil || !strings.Contains(err.Error(), "no-such-program, which Debian has") {
		t.Errorf("got %v", err)
	}
	if out, err := execute(t.Context(), t.TempDir(), "go", "env", "GOOS"); err != nil || out == "" {
		t.Errorf("got %q, %v", out, err)
	}
}
