package jail

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// hostile is the program in testdata/hostile, built once for all tests.
var hostile = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "aetutor-jail-test-")
	if err != nil {
		return "", err
	}
	// As root the programs run as another user, who has to find them.
	if err := os.Chmod(dir, 0o755); err != nil {
		return dir, err
	}
	cmd := exec.Command("go", "build", "-o", filepath.Join(dir, "hostile"), ".")
	cmd.Dir = filepath.Join("testdata", "hostile")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOPROXY=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		return dir, fmt.Errorf("%w: %s", err, out)
	}
	return dir, nil
})

func runTests(m *testing.M) int {
	if os.Getenv(parentEnv) != "" {
		return runParent()
	}
	code := m.Run()
	if dir, _ := hostile(); dir != "" {
		if err := os.RemoveAll(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return code
}

// cell is a jail and a program of its own, at a path that no other test has.
type cell struct {
	*Jail
	dir, program string
}

func newCell(t *testing.T) cell {
	t.Helper()
	shared, err := hostile()
	if err != nil {
		t.Fatal(err)
	}
	j, err := New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp(shared, "cell-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "hostile")
	if err := os.Link(filepath.Join(shared, "hostile"), program); err != nil {
		t.Fatal(err)
	}
	return cell{Jail: j, dir: dir, program: program}
}

// folder makes a directory beside the program.
func (c cell) folder(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(c.dir, name)
	if err := os.Mkdir(path, 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// commit does a deed, and checks that it ended in time and that no process is left.
func (c cell) commit(t *testing.T, command Command, deed ...string) Result {
	t.Helper()
	command.Path, command.Args = c.program, deed
	if command.Limits.Time == 0 {
		command.Limits.Time = 5 * time.Second
	}
	result, err := c.Run(t.Context(), command)
	if err != nil {
		t.Fatal(err)
	}
	if result.Wall > 10*time.Second {
		t.Errorf("%v took %v", deed, result.Wall)
	}
	if left := c.running(t); len(left) > 0 {
		t.Errorf("%v left the processes %v", deed, left)
	}
	t.Logf("%v: exit %d %s, stderr %.200q, answers %.600q",
		deed, result.ExitCode, result.Signal, result.Stderr, result.Answers)
	return result
}

// running are the processes of this cell's program.
func (c cell) running(t *testing.T) []string {
	t.Helper()
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, line := range lines {
		// A process that ended meanwhile is not running.
		if words, err := os.ReadFile(line); err == nil && strings.HasPrefix(string(words), c.program+"\x00") {
			found = append(found, filepath.Base(filepath.Dir(line)))
		}
	}
	return found
}

// only leaves a jail with some layers of those that the system has, and skips the test where it lacks one.
func (c cell) only(t *testing.T, names ...string) cell {
	t.Helper()
	had, left := c.found.layers, layers{DropID: c.found.layers.DropID}
	for _, name := range names {
		has := true
		switch name {
		case layerSeccomp:
			left.Seccomp = had.Seccomp
			has = had.Seccomp
		case layerLandlock:
			left.Landlock = had.Landlock
			has = had.Landlock > 0
		case layerRoot:
			left.Root = had.Root
			left.Spaces |= unix.CLONE_NEWNS | had.Spaces&unix.CLONE_NEWUSER
			has = had.Root
		case layerUser:
			left.Spaces |= unix.CLONE_NEWUSER
			has = had.has(unix.CLONE_NEWUSER)
		default:
			for _, space := range spaces() {
				if space.name == name {
					left.Spaces |= space.flag | had.Spaces&unix.CLONE_NEWUSER
					has = had.has(space.flag)
				}
			}
		}
		if !has {
			t.Skipf("this system does not give the layer %q: %s", name, c.found.why[name])
		}
	}
	c.Jail = &Jail{found: protections{layers: left}}
	return c
}

// refused checks that all of a deed's answers are refusals, and that there are some.
func refused(t *testing.T, result Result) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(string(result.Answers)), "\n")
	for _, line := range lines {
		if !strings.Contains(line, "refused") {
			t.Errorf("it answered %q", line)
		}
	}
}
