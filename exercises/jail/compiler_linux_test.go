package jail

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// goroot is where the go command and its tools are.
func goroot(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func TestGoCommandCompiles(t *testing.T) {
	t.Parallel()
	c := newCell(t)
	root, source, target := goroot(t), c.folder(t, "source"), c.folder(t, "target")
	file := filepath.Join(source, "answer.go")
	if err := os.WriteFile(file, []byte("package answer\n\nfunc Answer() int { return 42 }\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	command := Command{
		Path: filepath.Join(root, "bin", "go"), Dir: source,
		Args: []string{"tool", "compile", "-p", "answer", "-o", filepath.Join(target, "answer.o"), file},
		Exec: []string{root}, Read: []string{source}, Write: []string{target},
		Env: []string{"GOROOT=" + root, "GOCACHE=" + target, "TMPDIR=" + target, "GOENV=off", "GOTOOLCHAIN=local"},
	}
	result, err := c.Run(t.Context(), command)
	if err != nil || result.ExitCode != 0 {
		t.Fatalf("%v, exit code %d: %s", err, result.ExitCode, result.Stderr)
	}
	if object, err := os.ReadFile(filepath.Join(target, "answer.o")); err != nil || len(object) == 0 {
		t.Errorf("the object file has %d bytes, %v", len(object), err)
	}
	if result.CPU <= 0 { // It may end before the jail has seen its memory.
		t.Errorf("it took %v of computing", result.CPU)
	}
}

// TestCompilerStartsOnlyWhatIsInItsTrees has it start a copy of a program in a tree where it may write.
func TestCompilerStartsOnlyWhatIsInItsTrees(t *testing.T) {
	t.Parallel()
	for _, layer := range []string{layerRoot, layerLandlock, ""} {
		t.Run("behind "+layer, func(t *testing.T) {
			c := newCell(t)
			copied := filepath.Join(c.folder(t, "target"), "copy")
			program, err := os.ReadFile(c.program)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(copied, program, 0o755); err != nil {
				t.Fatal(err)
			}
			command := Command{Exec: []string{c.program}, Write: []string{filepath.Dir(copied)}}
			if layer != "" {
				refused(t, c.only(t, layer).commit(t, command, "fork-once", copied))
				return
			}
			result := c.only(t).commit(t, command, "fork-once", copied)
			if !bytes.Contains(result.Answers, []byte("done")) {
				t.Errorf("nothing was in the way, but it answered %q", result.Answers)
			}
			if result := c.commit(t, command, "fork-once", c.program); !bytes.Contains(result.Answers, []byte("done")) {
				t.Errorf("of its own trees it could not start a program: %q", result.Answers)
			}
		})
	}
}

// TestMemoryOfAllProcessesCounts has each of several processes stay below the limit.
func TestMemoryOfAllProcessesCounts(t *testing.T) {
	t.Parallel()
	c := newCell(t)
	command := Command{Exec: []string{c.program}, Limits: Limits{Memory: 200 << 20}}
	if result := c.commit(t, command, "family", "5"); !result.OutOfMemory || !result.Killed {
		t.Errorf("five processes with 80 MiB each were let be: exit code %d", result.ExitCode)
	}
	if result := c.commit(t, command, "family", "1"); result.Killed || result.PeakMemory < 80<<20 {
		t.Errorf("one process with 80 MiB was not let be, or seen with %d bytes", result.PeakMemory)
	}
}

func BenchmarkRun(b *testing.B) {
	shared, err := hostile()
	if err != nil {
		b.Fatal(err)
	}
	j, err := New(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	program := filepath.Join(shared, "hostile")
	b.Run("jail", func(b *testing.B) {
		for b.Loop() {
			if _, err := j.Run(b.Context(), Command{Path: program, Args: []string{"early-exit"}}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("bare", func(b *testing.B) {
		for b.Loop() {
			if err := exec.CommandContext(b.Context(), program, "early-exit").Run(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
