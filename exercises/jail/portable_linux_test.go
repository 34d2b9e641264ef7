package jail

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheWayOfOtherSystems runs this package's tests for every system on the code that macOS runs: without the files of
// Linux, and with those for other Unix systems in their place. So that code runs somewhere at all.
func TestTheWayOfOtherSystems(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	linux, err := filepath.Glob("*_linux*.go")
	if err != nil || len(linux) < 5 {
		t.Fatalf("the files of Linux are %q, %v", linux, err)
	}
	for _, name := range linux {
		overlay.Replace[filepath.Join(here, name)] = "" // It is not there.
	}
	dir := t.TempDir()
	for _, name := range []string{"jail_other.go", "jail_unix.go", "limit_unix.go", "other_test.go"} {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		constraint, code, found := strings.Cut(string(source), "\n")
		if !found || !strings.HasPrefix(constraint, "//go:build ") || !strings.Contains(constraint, "!linux") {
			t.Fatalf("%s begins with %q, which does not leave Linux out", name, constraint)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(code), 0o600); err != nil {
			t.Fatal(err)
		}
		overlay.Replace[filepath.Join(here, name)] = filepath.Join(dir, name)
	}
	file := filepath.Join(dir, "overlay.json")
	text, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "go", "test", "-count=1", "-overlay", file, ".").CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
