package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestManPage(t *testing.T) {
	root := newRootCommand()
	var out bytes.Buffer
	root.SetOut(&out)
	root.SetArgs([]string{"man"})
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	for _, want := range append(commandNames(root), "backend", "AETUTOR_STATE", ".SH EXIT STATUS", ".SH ENVIRONMENT",
		".SH FILES", ".SH SEE ALSO", "train real networks on real data") {
		if !strings.Contains(page, want) {
			t.Errorf("the man page lacks %q", want)
		}
	}
	if strings.Contains(page, newProbeCommand().Name()+"\\fP") {
		t.Error("the man page names a command that nobody is to run")
	}
}

func TestManPageWhereNobodyReads(t *testing.T) {
	gone := errors.New("broken pipe")
	root := newRootCommand()
	root.SetOut(writerThatFails{gone})
	root.SetArgs([]string{"man"})
	root.SilenceErrors, root.SilenceUsage = true, true
	if err := root.ExecuteContext(t.Context()); !errors.Is(err, gone) {
		t.Errorf("error %v", err)
	}
}

func TestFilled(t *testing.T) {
	if got := filled("one\ntwo\n\nthree\n  four\n"); got != "one two\nthree four" {
		t.Errorf("%q", got)
	}
}
