package jail

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// start runs the inner process until the program has taken its place.
func (j *Jail) start(r *run) error {
	o, err := r.order(j.found.layers)
	if err != nil {
		return err
	}
	if o.Layers.DropID {
		for _, path := range r.Write {
			if err := hand(path); err != nil {
				return err
			}
		}
	}
	files := []*os.File{nil, r.stdout.write, r.stderr.write, r.answers.write}
	if r.Stdin == nil {
		r.cmd, _, err = startInner(o, files)
		return err
	}
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	files[0] = read
	r.cmd, _, err = startInner(o, files)
	if err = errors.Join(err, read.Close()); err != nil {
		return errors.Join(err, write.Close())
	}
	go r.feed(write)
	return nil
}

// startTime is how long putting up the fences may take. It takes milliseconds.
const startTime = 10 * time.Second

// startInner starts the inner process with its standard files and the answers, and returns when the program runs, or,
// for an order that only tries, with the inner process's report.
func startInner(o order, files []*os.File) (*exec.Cmd, []byte, error) {
	orderRead, orderWrite, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	defer orderWrite.Close() //nolint:errcheck // The order was written or the start failed.
	defer orderRead.Close()  //nolint:errcheck // It is only read by the inner process.
	reportRead, reportWrite, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	defer reportRead.Close()  //nolint:errcheck // It was read to its end.
	defer reportWrite.Close() //nolint:errcheck // It is only written by the inner process.
	cmd := exec.Command("/proc/self/exe")
	cmd.Args = []string{innerName}
	// One thread is enough, and the fewer there are the sooner it is done.
	// Packages of our own binary look for a home when they start, and complain where there is none.
	cmd.Env = []string{"GOMAXPROCS=1", "HOME=/nonexistent"}
	cmd.Stdout, cmd.Stderr = files[1], files[2]
	if files[0] != nil {
		cmd.Stdin = files[0]
	}
	cmd.ExtraFiles = []*os.File{files[3], orderRead, reportWrite}
	cmd.SysProcAttr = around(o.Layers)
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	fail := func(err error) (*exec.Cmd, []byte, error) {
		killAll(cmd.Process)
		// It was killed, as its state would say.
		_ = cmd.Wait()
		return nil, nil, err
	}
	if err := errors.Join(reportWrite.Close(), orderRead.Close()); err != nil {
		return fail(err)
	}
	if err := json.NewEncoder(orderWrite).Encode(o); err != nil {
		return fail(err)
	}
	late := time.AfterFunc(startTime, func() {
		// The report ends with the process, and is incomplete then.
		_ = cmd.Process.Kill()
	})
	report, err := io.ReadAll(reportRead)
	late.Stop()
	if err != nil {
		return fail(err)
	}
	if !o.Try && string(report) != startReport {
		said := strings.TrimPrefix(string(report), startReport)
		return fail(errors.New(cmp.Or(said, "the process that was to start it ended without a word")))
	}
	return cmd, report, nil
}

// around says what the system is to put around the inner process at its start.
func around(l layers) *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Cloneflags: l.Spaces, Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if !l.has(unix.CLONE_NEWUSER) {
		return attr
	}
	if l.DropID {
		// Root inside is root outside until the trees are in place; then the inner process becomes nobody.
		all := []syscall.SysProcIDMap{{Size: unprivileged + 1}}
		attr.UidMappings, attr.GidMappings, attr.GidMappingsEnableSetgroups = all, all, true
		return attr
	}
	attr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
	attr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	return attr
}

// hand gives a tree to the unprivileged id, unless it has it. Its root comes last, to say that all is done.
func hand(root string) error {
	info, err := os.Stat(root)
	if err != nil {
		return err
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); ok && owner.Uid == unprivileged {
		return nil
	}
	err = filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || path == root {
			return err
		}
		return os.Lchown(path, unprivileged, unprivileged)
	})
	if err == nil {
		err = os.Chown(root, unprivileged, unprivileged)
	}
	if err != nil {
		return fmt.Errorf("cannot give %s to the user that programs run as: %w", root, err)
	}
	return nil
}

// killAll ends the process and its group. Where there is a namespace for processes, all in it end with the first.
func killAll(p *os.Process) {
	// Both fail only when there is nothing left to end.
	_ = unix.Kill(-p.Pid, unix.SIGKILL)
	_ = p.Kill()
}

// wait returns when the program and whatever it started have ended.
func (r *run) wait() error {
	for {
		// The process stays a zombie, so that its id is not given to another before its group has ended.
		err := unix.Waitid(unix.P_PID, r.cmd.Process.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
		if !errors.Is(err, unix.EINTR) {
			break // An error other than this one comes back from Wait.
		}
	}
	r.mu.Lock()
	killAll(r.cmd.Process)
	r.ended = true
	r.mu.Unlock()
	return exited(r.cmd.Wait())
}

// signalName is the name of the signal that ended a process, or empty.
func signalName(state *os.ProcessState) string {
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return unix.SignalName(status.Signal())
	}
	return ""
}
