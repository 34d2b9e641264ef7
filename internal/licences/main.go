// Command licences writes the licences of all modules that the program is built from, on any of the systems that it is
// released for, into one file.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: licences FILE")
		os.Exit(2)
	}
	text, err := licences(context.Background(), ".", "linux", "darwin", "windows")
	if err == nil {
		err = os.WriteFile(os.Args[1], text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

// module is one that the program is built from.
type module struct {
	Path, Version, Dir string
	Main               bool
}

// modules are those of a command's packages on any of the systems, with and without cgo, sorted by their paths.
func modules(ctx context.Context, dir string, systems ...string) ([]module, error) {
	var all []module
	for _, system := range systems {
		for _, cgo := range []string{"0", "1"} {
			cmd := exec.CommandContext(ctx, "go", "list", "-deps", "-json=Module", ".")
			cmd.Dir, cmd.Stderr = dir, os.Stderr
			cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED="+cgo)
			out, err := cmd.Output()
			if err != nil {
				return nil, fmt.Errorf("listing the packages for %s: %w", system, err)
			}
			for d := json.NewDecoder(bytes.NewReader(out)); ; {
				var listed struct{ Module *module }
				if err := d.Decode(&listed); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					return nil, err
				}
				if m := listed.Module; m != nil && !m.Main && !slices.Contains(all, *m) {
					all = append(all, *m)
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return all, nil
}

// licences is the text of the file. A module without a licence is an error.
func licences(ctx context.Context, dir string, systems ...string) ([]byte, error) {
	all, err := modules(ctx, dir, systems...)
	if err != nil {
		return nil, err
	}
	goroot, err := exec.CommandContext(ctx, "go", "env", "GOROOT", "GOVERSION").Output()
	if err != nil {
		return nil, fmt.Errorf("finding Go itself: %w", err)
	}
	root, version, _ := strings.Cut(strings.TrimSpace(string(goroot)), "\n")
	version, _, _ = strings.Cut(version, " ") // The experiments do not change the licence.
	all = append([]module{{Path: "Go", Version: version, Dir: root}}, all...)
	var b bytes.Buffer
	b.WriteString("aetutor is built from Go and from the modules below, each under the licence that follows its name.\n" +
		"The data have licences of their own, see data/SOURCES.md.\n")
	for _, m := range all {
		files, err := licenceFiles(m.Dir)
		if err != nil {
			return nil, err
		}
		if len(files) == 0 {
			return nil, fmt.Errorf("%s %s has no licence; is it one that may be passed on?", m.Path, m.Version)
		}
		fmt.Fprintf(&b, "\n%s\n%s %s\n", strings.Repeat("=", 80), m.Path, m.Version)
		for _, file := range files {
			text, err := os.ReadFile(filepath.Join(m.Dir, file))
			if err != nil {
				return nil, err
			}
			fmt.Fprintf(&b, "\n-- %s --\n\n%s\n", file, bytes.TrimSpace(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))))
		}
	}
	return b.Bytes(), nil
}

// licenceFiles are the files of a module that say under which licence it is, and what has to be told with it.
func licenceFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, e := range entries {
		name := strings.ToUpper(e.Name())
		// A logo's licence is of no concern to who passes on the code only.
		if e.Type().IsRegular() && !strings.Contains(name, "LOGO") && slices.ContainsFunc(
			[]string{"LICENSE", "LICENCE", "COPYING", "NOTICE", "PATENTS", "THIRD_PARTY"},
			func(prefix string) bool { return strings.HasPrefix(name, prefix) }) {
			found = append(found, e.Name())
		}
	}
	return found, nil
}
