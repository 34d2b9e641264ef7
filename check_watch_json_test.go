//go:build unix

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/aetutor/aetutor/exercises"
)

// TestWatchAsJSONPrintsVerdictsOnly watches a file that is missing at first: why there is no verdict is no JSON.
func TestWatchAsJSONPrintsVerdictsOnly(t *testing.T) {
	program, err := exec.LookPath("aetutor")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("AETUTOR_STATE", t.TempDir())
	all, err := exercises.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	e := all[0]
	w, err := exercises.CreateWorkspace(filepath.Join(t.TempDir(), "mine"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(w.File(e)), 0o755); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), waitLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "check", "--watch", "--json", e.Name)
	cmd.Dir = w.Dir
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	told, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(told).ReadString('\n'); err != nil {
		t.Errorf("standard error tells %q, %v", line, err)
	}
	if err := os.WriteFile(w.File(e), e.Source, 0o644); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	var v exercises.Verdict
	if err := json.Unmarshal(line, &v); err != nil || v.Status != exercises.Todo {
		t.Errorf("the first line is %q: %v", line, err)
	}
	if err := interrupt(cmd.Process); err != nil {
		t.Error(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}
