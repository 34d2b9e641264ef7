package jail

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestProgramGetsItsInputAndIsHeardOnThreeChannels(t *testing.T) {
	t.Parallel()
	c := newCell(t)
	result := c.commit(t, Command{Stdin: strings.NewReader("input")}, "greet")
	if string(result.Stdout) != "hello\n" || string(result.Stderr) != "hello, error\n" ||
		string(result.Answers) != "read \"input\"\n" {
		t.Errorf("standard output %q, standard error %q, answers %q", result.Stdout, result.Stderr, result.Answers)
	}
	if result.ExitCode != 0 || result.Signal != "" || result.Killed || result.Wall <= 0 {
		t.Errorf("the result is %+v, want one of success", result)
	}
	if result := c.commit(t, Command{}, "greet"); string(result.Answers) != "read \"\"\n" {
		t.Errorf("without input it answered %q", result.Answers)
	}
	if result := c.commit(t, Command{}, "no such deed"); result.ExitCode != 99 || result.Killed {
		t.Errorf("the exit code is %d, killed %t, want 99 and false", result.ExitCode, result.Killed)
	}
}

// starved is whether a program ended for want of memory.
func starved(r Result) bool { return r.OutOfMemory }

// TestLimits does deeds that each meet one limit.
func TestLimits(t *testing.T) {
	const mib = 1 << 20
	short := Limits{Time: 500 * time.Millisecond}
	small := Limits{Memory: 100 * mib}
	for name, deed := range map[string]struct {
		limits Limits
		deed   []string
		met    func(Result) bool
	}{
		"loop":            {short, []string{"loop"}, func(r Result) bool { return r.TimedOut && r.Killed }},
		"loop everywhere": {short, []string{"loop-everywhere"}, func(r Result) bool { return r.TimedOut }},
		"computing time": {
			// By the clock it may take long on a busy machine.
			Limits{CPU: time.Second, Time: 9 * time.Second}, []string{"loop"},
			func(r Result) bool { return r.CPUExceeded && r.Killed },
		},
		"sleep":          {short, []string{"sleep"}, func(r Result) bool { return r.TimedOut && r.Signal == "SIGKILL" }},
		"ignore signals": {short, []string{"ignore-signals"}, func(r Result) bool { return r.TimedOut }},
		"close outputs":  {short, []string{"close-outputs"}, func(r Result) bool { return r.TimedOut }},
		"allocate": {
			small, []string{"allocate"}, func(r Result) bool { return starved(r) && r.PeakMemory < 200*mib },
		},
		"share memory":     {small, []string{"share-memory"}, starved},
		"ask for too much": {small, []string{"allocate-at-once"}, func(r Result) bool { return r.OutOfMemory && !r.Killed }},
		"recurse":          {small, []string{"recurse"}, starved},
		"deadlock": {
			Limits{}, []string{"deadlock"},
			func(r Result) bool {
				return r.ExitCode == 2 && bytes.Contains(r.Stderr, []byte("deadlock")) && !r.Killed
			},
		},
		"threads": {Limits{Processes: 32}, []string{"threads"}, func(r Result) bool { return r.TooManyProcesses }},
		"print": {
			Limits{Output: 1000}, []string{"print", "stdout"},
			func(r Result) bool {
				return r.OutputExceeded && len(r.Stdout) == 1000 && len(r.Stderr) < 1000
			},
		},
		"print errors": {
			Limits{Output: 1000}, []string{"print", "stderr"},
			func(r Result) bool { return r.OutputExceeded && len(r.Stderr) == 1000 },
		},
		"answer": {
			Limits{Output: 1000}, []string{"print", "answers"},
			func(r Result) bool { return r.OutputExceeded && len(r.Answers) == 1000 },
		},
		"early exit": {
			Limits{}, []string{"early-exit"}, func(r Result) bool { return r.ExitCode == 0 && len(r.Answers) == 0 },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCell(t)
			if result := c.commit(t, Command{Limits: deed.limits}, deed.deed...); !deed.met(result) {
				result.Stdout, result.Stderr, result.Answers = nil, nil, nil
				t.Errorf("the result is %+v", result)
			}
		})
	}
}

func TestWritableTreeHoldsWhatItMay(t *testing.T) {
	t.Parallel()
	c := newCell(t)
	inside, outside := c.folder(t, "inside"), c.folder(t, "outside")
	if err := os.Chmod(outside, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Symlink(outside, filepath.Join(inside, "given")),
		os.WriteFile(filepath.Join(inside, "own"), nil, 0o666)); err != nil {
		t.Fatal(err)
	}
	command := Command{Write: []string{inside}, Limits: Limits{FileSize: 2 << 20, Written: 64 << 20}}
	result := c.commit(t, command, "write", filepath.Join(inside, "file"))
	if written, err := os.ReadFile(filepath.Join(inside, "file")); err != nil || string(written) != "written" {
		t.Errorf("the file holds %q, %v; it answered %q", written, err, result.Answers)
	}
	refused(t, c.commit(t, command, "link-out", inside, outside))
	if entries, err := os.ReadDir(outside); err != nil || len(entries) > 0 {
		t.Errorf("outside there are %v, %v", entries, err)
	}
	if result := c.commit(t, command, "fill", inside); !bytes.Contains(result.Answers, []byte("file too large")) {
		t.Errorf("it answered %q, want that the file is too large", result.Answers)
	}
	if info, err := os.Stat(filepath.Join(inside, "large")); err != nil || info.Size() > 2<<20 {
		t.Errorf("the file is %v, %v", info, err)
	}
	if result := c.commit(t, command, "fill-many", inside); !result.WrittenExceeded || !result.Killed {
		t.Errorf("it wrote files without end: %q", result.Answers)
	}
}

func TestOpenFilesAreFew(t *testing.T) {
	t.Parallel()
	c := newCell(t)
	result := c.commit(t, Command{Limits: Limits{OpenFiles: 20}}, "open-many", os.DevNull)
	refused(t, result)
	var opened int
	if _, err := fmt.Sscanf(string(result.Answers), "refused after %d:", &opened); err != nil || opened > 20 {
		t.Errorf("it answered %q (%v), want that it has 20 files at most", result.Answers, err)
	}
}

func TestProgramGetsNothingFromItsParent(t *testing.T) {
	c := newCell(t)
	t.Setenv("SECRET", "of the parent")
	// A file that stays open when a program is started, as a careless parent of aetutor may have left it.
	fd, err := unix.Open(os.DevNull, unix.O_RDONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := unix.Close(fd); err != nil {
			t.Error(err)
		}
	}()
	result := c.commit(t, Command{Env: []string{"OWN=1"}}, "environment")
	if want := "[\"OWN=1\" \"AETUTOR_ANSWERS=3\"]\n"; string(result.Answers) != want {
		t.Errorf("its environment is %s, want %s", result.Answers, want)
	}
	result = c.commit(t, Command{}, "descriptors")
	if want := "open 0\nopen 1\nopen 2\nopen 3\n"; string(result.Answers) != want {
		t.Errorf("it has %q, want %q", result.Answers, want)
	}
}

func TestProgramHasNoPrivileges(t *testing.T) {
	t.Parallel()
	c := newCell(t)
	whole := c.commit(t, Command{}, "ids")
	if !bytes.Contains(whole.Answers, []byte("setuid: refused")) {
		t.Errorf("it answered %q", whole.Answers)
	}
	// Without the filter the privileges themselves have to be gone.
	bare := c.only(t).commit(t, Command{}, "ids")
	if os.Getuid() == 0 && string(bare.Answers) !=
		"uid 65534 gid 65534\ngroups []\nsetuid: refused: operation not permitted\n" {
		t.Errorf("it answered %q", bare.Answers)
	}
}

func TestFilterRefusesWhatNoExerciseNeeds(t *testing.T) {
	t.Parallel()
	c := newCell(t)
	if runtime.GOARCH != "amd64" {
		t.Skip("the numbers in the hostile program are those of amd64")
	}
	if !c.found.layers.Seccomp {
		t.Skipf("this system gives no filter of system calls: %s", c.found.why[layerSeccomp])
	}
	result := c.only(t, layerSeccomp).commit(t, Command{}, "calls")
	for line := range strings.Lines(string(result.Answers)) {
		want := "operation not permitted\n"
		if strings.HasPrefix(line, "clone3") || strings.HasPrefix(line, "x32") {
			want = "function not implemented\n"
		}
		if !strings.HasSuffix(line, want) {
			t.Errorf("it answered %q, want %q", line, want)
		}
	}
	if bytes.Count(result.Answers, []byte("\n")) < 20 {
		t.Errorf("it answered %q only", result.Answers)
	}
}

func TestForkBomb(t *testing.T) {
	for _, deed := range []string{"fork-self", "clone"} {
		t.Run(deed, func(t *testing.T) {
			t.Parallel()
			c := newCell(t)
			if c.found.layers.Seccomp {
				refused(t, c.commit(t, Command{Read: []string{os.DevNull}}, deed))
			}
			// A bomb is lit only where it cannot leave, and then the limits have to hold it.
			bare := c.only(t, layerUser, layerPID, layerNet)
			limits := Limits{Time: 20 * time.Second, Processes: 40} // The first refusal ends it.
			result := bare.commit(t, Command{Read: []string{os.DevNull}, Limits: limits}, deed)
			if !bytes.Contains(result.Answers, []byte("temporarily unavailable")) {
				t.Errorf("the limit on processes refused nothing: %q", result.Answers)
			}
		})
	}
}

func TestDaemonEndsWithTheProgram(t *testing.T) {
	t.Parallel()
	c := newCell(t)
	// The compiler's profile, because the other starts no processes at all.
	command := Command{Exec: []string{c.program}, Write: []string{c.folder(t, "inside")}}
	// That none is left is checked for every deed.
	result := c.commit(t, command, "escape", filepath.Join(c.dir, "inside", "beat"))
	if got := strings.Count(string(result.Answers), "done"); c.found.layers.Seccomp && got != 1 {
		t.Errorf("it answered %q, want that only the process in its own group was started", result.Answers)
	}
	// Without the filter, daemons with sessions of their own start, and the namespace ends them.
	result = c.only(t, layerPID).commit(t, command, "escape", filepath.Join(c.dir, "inside", "beat"))
	if got := strings.Count(string(result.Answers), "done"); got != 3 {
		t.Errorf("it answered %q, want that three processes were started", result.Answers)
	}
}

func TestKillingAllReachesNobody(t *testing.T) {
	t.Parallel()
	c := newCell(t)
	if !c.found.layers.Seccomp {
		t.Skip("this system gives no filter of system calls")
	}
	refused(t, c.commit(t, Command{}, "kill", "-1", "0", fmt.Sprint(os.Getpid())))
	refused(t, c.commit(t, Command{}, "tgkill", fmt.Sprint(os.Getpid())))
}

func TestCanceledRunSaysSo(t *testing.T) {
	t.Parallel()
	c := newCell(t)
	ctx, cancel := context.WithCancel(t.Context())
	// The input is asked for when the program runs.
	input := readerFunc(func([]byte) (int, error) {
		cancel()
		return 0, io.EOF
	})
	result, err := c.Run(ctx, Command{Path: c.program, Args: []string{"loop"}, Stdin: input})
	if !errors.Is(err, context.Canceled) || !result.Killed || result.TimedOut {
		t.Errorf("the error is %v, the result %+v", err, result)
	}
	if _, err := c.Run(ctx, Command{Path: c.program, Args: []string{"loop"}}); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v before the start", err)
	}
}

func TestProgramThatCannotStartIsAnError(t *testing.T) {
	t.Parallel()
	c := newCell(t)
	path := filepath.Join(c.dir, "text")
	if err := os.WriteFile(path, []byte("no program"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Run(t.Context(), Command{Path: path}); !errors.Is(err, syscall.ENOEXEC) && !strings.Contains(
		fmt.Sprint(err), "exec format error") {
		t.Errorf("the error is %v, want one about the format", err)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

// parentEnv tells this test's own program to be a second aetutor, which runs the program that it names.
const parentEnv = "AETUTOR_JAIL_TEST_PARENT"

// runParent says when its program runs, and waits for it.
func runParent() int {
	j, err := New(context.Background())
	if err == nil {
		_, err = j.Run(context.Background(), Command{
			Path: os.Getenv(parentEnv), Args: []string{"sleep"}, Limits: Limits{Time: time.Minute},
			Stdin: readerFunc(func([]byte) (int, error) {
				fmt.Println("runs")
				return 0, io.EOF
			}),
		})
	}
	fmt.Println(err)
	return 1
}

func TestProgramEndsWithAetutor(t *testing.T) {
	t.Parallel()
	c := newCell(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	parent := exec.CommandContext(t.Context(), self)
	parent.Env = append(os.Environ(), parentEnv+"="+c.program)
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "runs\n" {
		t.Fatalf("it said %q, %v", line, err)
	}
	running := c.running(t)
	if len(running) != 1 {
		t.Fatalf("the processes %v run, want one", running)
	}
	var pid int
	if _, err := fmt.Sscan(running[0], &pid); err != nil {
		t.Fatal(err)
	}
	program, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := unix.Close(program); err != nil {
			t.Error(err)
		}
	}()
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	// The file of a process can be read from when it has ended.
	poll := []unix.PollFd{{Fd: int32(program), Events: unix.POLLIN}}
	for {
		n, err := unix.Poll(poll, 5000)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if n != 1 || err != nil {
			t.Errorf("the program goes on after aetutor was killed (%d, %v)", n, err)
		}
		break
	}
	if err := parent.Wait(); err == nil {
		t.Error("the parent ended by itself")
	}
}
