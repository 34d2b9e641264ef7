package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// sources reads files from the places that the table names.
type sources struct {
	modules  modules
	packages packages
}

// newSources keeps what it unpacks below the directory temporary.
func newSources(temporary string) sources {
	return sources{
		modules:  modules{dirs: map[string]string{}},
		packages: packages{root: "/", temporary: temporary, run: execute, dirs: map[string]string{}},
	}
}

// read reads the source of an entry, at most one byte more than the entry's size.
func (s sources) read(ctx context.Context, e entry) ([]byte, error) {
	kind, name, file, err := splitSource(e.source)
	if err != nil {
		return nil, err
	}
	find := s.modules.find
	if kind == debian {
		find = s.packages.find
	}
	found, err := find(ctx, name, filepath.FromSlash(file))
	if err != nil {
		return nil, err
	}
	source, err := os.Open(found)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", e.source, err)
	}
	defer func() { _ = source.Close() }() // Nothing was written, so closing has nothing to say.
	content, err := io.ReadAll(io.LimitReader(source, e.size+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", e.source, err)
	}
	return content, nil
}

// The kinds of sources.
const (
	goModule = "go"
	debian   = "deb"
)

// splitSource takes "KIND:NAME@VERSION/PATH" apart; name is NAME@VERSION. A version holds no slash.
func splitSource(source string) (kind, name, file string, err error) {
	kind, rest, _ := strings.Cut(source, ":")
	name, rest, ok := strings.Cut(rest, "@")
	version, file, ok2 := strings.Cut(rest, "/")
	if kind != goModule && kind != debian || !ok || !ok2 || !filepath.IsLocal(filepath.FromSlash(path.Clean(file))) {
		return "", "", "", fmt.Errorf("source %q; want go:MODULE@VERSION/PATH or deb:PACKAGE@VERSION/PATH", source)
	}
	return kind, name + "@" + version, file, nil
}
