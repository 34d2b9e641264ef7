package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// modules reads files of Go modules. It asks the go command once for each module.
type modules struct {
	dirs map[string]string // "MODULE@VERSION" to the directory of its files
}

// read reads the source of an entry, at most one byte more than the entry's size.
func (m modules) read(ctx context.Context, e entry) (content []byte, err error) {
	module, file, err := splitSource(e.source)
	if err != nil {
		return nil, err
	}
	if _, ok := m.dirs[module]; !ok {
		dir, err := download(ctx, module)
		if err != nil {
			return nil, err
		}
		m.dirs[module] = dir
	}
	source, err := os.Open(filepath.Join(m.dirs[module], filepath.FromSlash(file)))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", e.source, err)
	}
	defer func() { _ = source.Close() }() // Nothing was written, so closing has nothing to say.
	content, err = io.ReadAll(io.LimitReader(source, e.size+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", e.source, err)
	}
	return content, nil
}

// splitSource takes "go:MODULE@VERSION/PATH" apart. A version holds no slash.
func splitSource(source string) (module, file string, err error) {
	name, rest, ok := strings.Cut(strings.TrimPrefix(source, "go:"), "@")
	version, file, ok2 := strings.Cut(rest, "/")
	if !strings.HasPrefix(source, "go:") || !ok || !ok2 || !filepath.IsLocal(filepath.FromSlash(path.Clean(file))) {
		return "", "", fmt.Errorf("source %q; want go:MODULE@VERSION/PATH", source)
	}
	return name + "@" + version, file, nil
}

// download has the go command download a module, which verifies it, and returns the directory of its files.
func download(ctx context.Context, module string) (string, error) {
	var out, warnings bytes.Buffer
	cmd := exec.CommandContext(ctx, "go", "mod", "download", "-json", module)
	cmd.Dir = os.TempDir() // Outside of our module, so that go.mod and go.sum do not take part.
	cmd.Env = append(os.Environ(), "GOWORK=off")
	cmd.Stdout, cmd.Stderr = &out, &warnings
	failed := cmd.Run()
	var answer struct{ Dir, Error string }
	if err := json.Unmarshal(out.Bytes(), &answer); err != nil && failed == nil {
		failed = err
	}
	switch {
	case answer.Error != "":
		return "", fmt.Errorf("go mod download %s: %s", module, answer.Error)
	case failed != nil:
		return "", fmt.Errorf("go mod download %s: %w: %s", module, failed, strings.TrimSpace(warnings.String()))
	case answer.Dir == "":
		return "", fmt.Errorf("go mod download %s: the answer names no directory", module)
	}
	return answer.Dir, nil
}
