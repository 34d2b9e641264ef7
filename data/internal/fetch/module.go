package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// modules finds files of Go modules. It asks the go command once for each module.
type modules struct {
	dirs map[string]string // "MODULE@VERSION" to the directory of its files
}

// find is where a file of a module lies.
func (m modules) find(ctx context.Context, module, file string) (string, error) {
	if _, ok := m.dirs[module]; !ok {
		dir, err := download(ctx, module)
		if err != nil {
			return "", err
		}
		m.dirs[module] = dir
	}
	return filepath.Join(m.dirs[module], file), nil
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
