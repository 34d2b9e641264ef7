package jail

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	Main()
	code := runTests(m)
	os.Exit(code)
}

func TestLimitsThatAreZeroAreTheProfiles(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := Command{Path: self, Limits: Limits{Time: time.Second}}.resolved()
	if err != nil {
		t.Fatal(err)
	}
	want := ProgramLimits()
	want.Time = time.Second
	if program.Limits != want {
		t.Errorf("a program has the limits %+v, want %+v", program.Limits, want)
	}
	compiler, err := Command{Path: self, Exec: []string{t.TempDir()}}.resolved()
	if err != nil {
		t.Fatal(err)
	}
	if compiler.Limits != CompilerLimits() {
		t.Errorf("a compiler has the limits %+v, want %+v", compiler.Limits, CompilerLimits())
	}
}

func TestCommandsThatCannotBeMeant(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for want, c := range map[string]Command{
		"not absolute":      {Path: "program"},
		`"data" is not abs`: {Path: self, Read: []string{"data"}},
		"/no/such/program":  {Path: "/no/such/program"},
		"/no/such/tree":     {Path: self, Write: []string{"/no/such/tree"}},
		"negative":          {Path: self, Limits: Limits{Memory: -1}},
	} {
		if _, err := c.resolved(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
	}
}

func TestMissingAreTheBoundariesThatAreOff(t *testing.T) {
	missing := Missing([]Protection{
		{Name: "on", On: true, Boundary: true}, {Name: "off", Boundary: true}, {Name: "nice to have"},
	})
	if len(missing) != 1 || missing[0].Name != "off" {
		t.Errorf("missing are %v, want the one that is off and a boundary", missing)
	}
}

func TestProgramThatDoesNotCallMainIsTold(t *testing.T) {
	name := os.Args[0]
	defer func() { os.Args[0] = name }()
	os.Args[0] = innerName
	if _, err := New(t.Context()); err == nil || !strings.Contains(err.Error(), "jail.Main") {
		t.Errorf("the error is %v, want one that names jail.Main", err)
	}
}
