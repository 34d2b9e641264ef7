package jail

import (
	"os"
	"os/exec"
	"slices"
	"strconv"
	"syscall"
)

// Main does nothing: on Windows the jail starts programs directly.
func Main() {}

// start runs the program.
func (j *Jail) start(r *run) error {
	handle := syscall.Handle(r.answers.write.Fd())
	if err := syscall.SetHandleInformation(handle, syscall.HANDLE_FLAG_INHERIT, syscall.HANDLE_FLAG_INHERIT); err != nil {
		return err
	}
	r.cmd = exec.Command(r.Path, r.Args...)
	r.cmd.Env = append(slices.Clone(r.Env), AnswersEnv+"="+strconv.FormatUint(uint64(handle), 10))
	r.cmd.Dir = r.Dir
	r.cmd.Stdout, r.cmd.Stderr = r.stdout.write, r.stderr.write
	r.cmd.SysProcAttr = &syscall.SysProcAttr{AdditionalInheritedHandles: []syscall.Handle{handle}}
	return r.startFed()
}

// killAll ends the process. What it started goes on.
func killAll(p *os.Process) {
	// It fails only when the process has ended.
	_ = p.Kill()
}

// wait returns when the program has ended.
func (r *run) wait() error {
	err := exited(r.cmd.Wait())
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = true
	return err
}

// signalName is empty: no signals end processes on Windows.
func signalName(*os.ProcessState) string { return "" }

func offered() []Protection { return nil }
