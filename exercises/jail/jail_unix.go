//go:build unix && !linux

package jail

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// orderFile is where the inner process reads what to do, beside the standard files and the answers.
const orderFile = 4

// order is what the inner process is to do: to set limits on itself and become the program.
type order struct {
	Path   string
	Args   []string
	Env    []string
	Limits Limits
}

// Main takes over when the jail started this process, and then does not return: it limits itself and becomes the
// program. Call it before anything else in main and in TestMain. Otherwise it does nothing.
func Main() {
	if len(os.Args) == 0 || os.Args[0] != innerName {
		return
	}
	// When standard error is closed there is nobody to tell.
	_, _ = fmt.Fprintln(os.Stderr, "the jail cannot start the program:", inside())
	os.Exit(1)
}

func inside() error {
	var o order
	orders := os.NewFile(orderFile, "order")
	if err := json.NewDecoder(orders).Decode(&o); err != nil {
		return err
	}
	if err := orders.Close(); err != nil {
		return err
	}
	for resource, value := range map[int]uint64{
		unix.RLIMIT_CORE: 0, unix.RLIMIT_CPU: uint64(wholeSeconds(o.Limits.CPU) / time.Second),
		unix.RLIMIT_FSIZE: uint64(o.Limits.FileSize), unix.RLIMIT_NOFILE: uint64(o.Limits.OpenFiles),
	} {
		if err := setLimit(resource, value); err != nil {
			return err
		}
	}
	return syscall.Exec(o.Path, o.Args, o.Env)
}

// start runs the inner process, which becomes the program.
func (j *Jail) start(r *run) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	orderRead, orderWrite, err := os.Pipe()
	if err != nil {
		return err
	}
	defer orderRead.Close()  //nolint:errcheck // It is only read by the inner process.
	defer orderWrite.Close() //nolint:errcheck // The order was written or the start failed.
	r.cmd = exec.Command(self)
	r.cmd.Args, r.cmd.Env, r.cmd.Dir = []string{innerName}, []string{"HOME=/"}, r.Dir
	r.cmd.Stdout, r.cmd.Stderr = r.stdout.write, r.stderr.write
	r.cmd.ExtraFiles = []*os.File{r.answers.write, orderRead}
	r.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := r.startFed(); err != nil {
		return err
	}
	err = json.NewEncoder(orderWrite).Encode(order{
		Path: r.Path, Args: append([]string{r.Path}, r.Args...), Limits: r.Limits,
		Env: append(slices.Clone(r.Env), AnswersEnv+"=3"),
	})
	if err != nil {
		killAll(r.cmd.Process)
		// It was killed, as its state would say.
		_ = r.cmd.Wait()
	}
	return err
}

// killAll ends the process and its group.
func killAll(p *os.Process) {
	// Both fail only when there is nothing left to end.
	_ = unix.Kill(-p.Pid, unix.SIGKILL)
	_ = p.Kill()
}

// wait returns when the program has ended, and ends what is left of its group.
func (r *run) wait() error {
	err := exited(r.cmd.Wait())
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = true
	if err := unix.Kill(-r.cmd.Process.Pid, unix.SIGKILL); err != nil && !errors.Is(err, unix.ESRCH) &&
		!errors.Is(err, unix.EPERM) { // That is how macOS says that only a zombie is left.
		return err
	}
	return err
}

// signalName is the name of the signal that ended a process, or empty.
func signalName(state *os.ProcessState) string {
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return unix.SignalName(status.Signal())
	}
	return ""
}

func offered() []Protection {
	return []Protection{
		{Name: "process group", Does: "ends it with what it started, unless that left the group", On: true},
		{Name: "resource limits", Does: "bounds computing time, open files and the size of files", On: true},
	}
}
