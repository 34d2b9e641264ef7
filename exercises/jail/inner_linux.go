package jail

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Main takes over when the jail started this process, and then does not return: it puts up the fences around itself
// and becomes the program. Call it before anything else in main and in TestMain. Otherwise it does nothing.
func Main() {
	if len(os.Args) == 0 || os.Args[0] != innerName {
		return
	}
	// What follows is about this thread, the one that becomes the program; the others end then.
	runtime.LockOSThread()
	report := os.NewFile(reportFile, "report")
	if err := inside(report); err != nil {
		// When the report cannot be written either, the parent is gone.
		_, _ = report.WriteString(err.Error())
	}
	os.Exit(1)
}

// inside follows the order. It returns only when it failed, or when the order was only to try.
func inside(report *os.File) error {
	var o order
	orders := os.NewFile(orderFile, "order")
	if err := json.NewDecoder(orders).Decode(&o); err != nil {
		return fmt.Errorf("cannot read the order: %w", err)
	}
	// Files that aetutor itself was started with must not reach the program.
	if err := unix.CloseRange(answersFile+1, math.MaxInt32, unix.CLOSE_RANGE_CLOEXEC); err != nil {
		return fmt.Errorf("cannot close the other files: %w", err)
	}
	if o.Try {
		return json.NewEncoder(report).Encode(try(o))
	}
	if err := confine(o); err != nil {
		return err
	}
	program, err := newProgram(o)
	if err != nil {
		return err
	}
	filter, err := newFilter(o)
	if err != nil {
		return err
	}
	if orphaned(orders) {
		return errors.New("aetutor has ended")
	}
	// From here on little memory can be had, and few calls are allowed.
	if err := limitLast(o); err != nil {
		return err
	}
	if err := filter.load(); err != nil {
		return err
	}
	if _, err := report.WriteString(startReport); err != nil {
		return err
	}
	return fmt.Errorf("the system refuses to start it: %w", program.start())
}

// confine puts up all layers but the last: the limits that would hinder aetutor itself, and the filter of calls.
func confine(o order) error {
	if o.Layers.Root {
		if err := enterRoot(o.Trees); err != nil {
			return fmt.Errorf("cannot make a file system for the program: %w", err)
		}
	}
	if err := limitFirst(o.Limits); err != nil {
		return err
	}
	if err := dropPrivileges(o.Layers.DropID); err != nil {
		return fmt.Errorf("cannot drop privileges: %w", err)
	}
	if o.Layers.Landlock > 0 {
		if err := restrictPaths(o.Layers.Landlock, o.Trees); err != nil {
			return err
		}
	}
	if err := unix.Chdir(o.Dir); err != nil {
		return fmt.Errorf("cannot enter %s: %w", o.Dir, err)
	}
	return nil
}

// orphaned is whether the parent ended before the system was told to end this process with it.
func orphaned(orders *os.File) bool {
	poll := []unix.PollFd{{Fd: int32(orders.Fd()), Events: unix.POLLIN}}
	n, err := unix.Poll(poll, 0)
	return err != nil || n > 0 && poll[0].Revents&unix.POLLHUP != 0
}

// program is what execve takes, made while there still is memory to make it.
type program struct {
	path      *byte
	args, env []*byte
}

func newProgram(o order) (program, error) {
	var p program
	path, err := unix.BytePtrFromString(o.Path)
	if err != nil {
		return p, err
	}
	p.path = path
	if p.args, err = syscall.SlicePtrFromStrings(o.Args); err != nil {
		return p, err
	}
	p.env, err = syscall.SlicePtrFromStrings(o.Env)
	return p, err
}

// start makes this process the program. The function of the standard library would raise the limit on open files again.
func (p program) start() error {
	_, _, errno := unix.RawSyscall(unix.SYS_EXECVE, uintptr(unsafe.Pointer(p.path)),
		uintptr(unsafe.Pointer(&p.args[0])), uintptr(unsafe.Pointer(&p.env[0])))
	return errno
}
