package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// packages finds files of Debian packages: in the file system where that version is installed, or else in the package,
// which apt downloads and verifies once and dpkg-deb unpacks. Nothing is installed.
type packages struct {
	root      string // the directory in which packages are installed
	temporary string // where they are unpacked
	run       func(ctx context.Context, dir, name string, args ...string) (output string, err error)
	dirs      map[string]string // "PACKAGE@VERSION" to the directory of its files
}

// debianName matches the name of a package, which begins with no dash, so it is no option of a command.
var debianName = regexp.MustCompile(`^[a-z0-9][a-z0-9+.-]+$`)

// find is where a file of a package lies.
func (p packages) find(ctx context.Context, name, file string) (string, error) {
	pkg, version, _ := strings.Cut(name, "@")
	if !debianName.MatchString(pkg) || version == "" {
		return "", fmt.Errorf("%q; want the name and the version of a Debian package, PACKAGE@VERSION", name)
	}
	// Documentation is often left out where a package is installed, so the file itself must be there too.
	installed := filepath.Join(p.root, file)
	have, err := p.run(ctx, p.temporary, "dpkg-query", "--show", "--showformat=${Version}", pkg)
	if err == nil && have == version {
		if _, err := os.Stat(installed); err == nil {
			return installed, nil
		}
	}
	if _, ok := p.dirs[name]; !ok {
		dir, err := p.unpack(ctx, pkg, version)
		if err != nil {
			return "", err
		}
		p.dirs[name] = dir
	}
	return filepath.Join(p.dirs[name], file), nil
}

// unpack downloads a package and returns the directory of its files.
func (p packages) unpack(ctx context.Context, pkg, version string) (string, error) {
	dir, err := os.MkdirTemp(p.temporary, pkg+"-*")
	if err != nil {
		return "", err
	}
	if _, err := p.run(ctx, dir, "apt-get", "download", pkg+"="+version); err != nil {
		return "", err
	}
	archives, err := filepath.Glob(filepath.Join(dir, "*.deb"))
	if err != nil {
		return "", err
	}
	if len(archives) != 1 {
		return "", fmt.Errorf("apt-get download %s=%s left %d .deb files; want 1", pkg, version, len(archives))
	}
	files := filepath.Join(dir, "files")
	if _, err := p.run(ctx, dir, "dpkg-deb", "--extract", archives[0], files); err != nil {
		return "", err
	}
	return files, nil
}

// execute runs a command in a directory and returns what it printed.
func execute(ctx context.Context, dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	output, err := cmd.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return "", fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, strings.TrimSpace(string(failed.Stderr)))
	}
	if err != nil {
		return "", fmt.Errorf("%s, which Debian has: %w", name, err)
	}
	return string(output), nil
}
