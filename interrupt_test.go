package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// TestInterruptEndsALab interrupts a lab as this system's terminals do, and expects the code that shells know for it.
func TestInterruptEndsALab(t *testing.T) {
	program, err := exec.LookPath("aetutor")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("AETUTOR_CACHE", t.TempDir())
	cmd := exec.CommandContext(t.Context(), program, "lab", "train", "--json", "--set", "epochs=1000")
	cmd.SysProcAttr = ownGroup()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatalf("the lab says nothing: %v", lines.Err())
	}
	if err := interrupt(cmd.Process); err != nil {
		t.Fatal(err)
	}
	last := ""
	for lines.Scan() {
		last = lines.Text()
	}
	var ended *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &ended) || ended.ExitCode() != 130 {
		t.Errorf("the lab ended with %v after the line %s, want the code 130", err, last)
	}
}

func TestAnInterruptIsToldInAWord(t *testing.T) {
	var told strings.Builder
	printError(&told, fmt.Errorf("%w; all is as before", context.Canceled))
	if told.String() != "aetutor: interrupted; all is as before\n" {
		t.Errorf("it is told as %q", told.String())
	}
}
