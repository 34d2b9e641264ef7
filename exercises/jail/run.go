package jail

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"time"
)

// reason is why the jail ended a program.
type reason int

const (
	none reason = iota
	canceled
	overTime
	overMemory
	overOutput
	overWritten
	overProcesses
)

// run is one program in the jail.
type run struct {
	Command
	cmd                     *exec.Cmd
	stdout, stderr, answers *channel
	peak                    int64 // Bytes of memory in use at most, as far as it was seen.

	mu     sync.Mutex
	ended  bool // Whether the process was waited for, so that its id may belong to another by now.
	reason reason
}

// stop ends the program for a reason. Only the first reason counts.
func (r *run) stop(why reason) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.reason == none {
		r.reason = why
	}
	if !r.ended {
		killAll(r.cmd.Process)
	}
}

// Run runs a command to its end. The error is about the jail's own failure, or says that ctx was done; whatever the
// program does is in the Result.
func (j *Jail) Run(ctx context.Context, c Command) (Result, error) {
	result, err := j.run(ctx, c)
	if err != nil {
		return result, fmt.Errorf("cannot run %s: %w", c.Path, err)
	}
	return result, nil
}

func (j *Jail) run(ctx context.Context, c Command) (Result, error) {
	c, err := c.resolved()
	if err != nil {
		return Result{}, err
	}
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	// The system ends the program when the thread that started it ends, so this thread has to last.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	begin := time.Now()
	r := &run{Command: c}
	if err := r.open(); err != nil {
		return Result{}, err
	}
	err = j.start(r)
	for _, channel := range r.channels() {
		err = errors.Join(err, channel.write.Close())
	}
	if err != nil {
		for _, channel := range r.channels() {
			err = errors.Join(err, channel.read.Close())
		}
		return Result{}, err
	}
	for _, channel := range r.channels() {
		go channel.collect(c.Limits.Output, func() { r.stop(overOutput) })
	}
	timer := time.AfterFunc(c.Limits.Time, func() { r.stop(overTime) })
	defer timer.Stop()
	release := context.AfterFunc(ctx, func() { r.stop(canceled) })
	defer release()
	done, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		r.watch(done)
	}()
	err = r.wait()
	close(done)
	<-watched
	for _, channel := range r.channels() {
		err = errors.Join(err, channel.finish())
	}
	// The program has ended, but the time and ctx may still end, and give a reason that comes too late to count.
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.reason == canceled {
		err = errors.Join(ctx.Err(), err)
	}
	return r.result(time.Since(begin)), err
}

func (r *run) channels() []*channel { return []*channel{r.stdout, r.stderr, r.answers} }

func (r *run) open() error {
	for _, to := range []**channel{&r.stdout, &r.stderr, &r.answers} {
		opened, err := newChannel()
		if err != nil {
			return err
		}
		*to = opened
	}
	return nil
}

// feed copies the input to the program, which need not read it. It takes over the writing end.
func (r *run) feed(write *os.File) {
	// A program that ends or closes its input before having read all of it is no failure.
	_, _ = io.Copy(write, r.Stdin)
	_ = write.Close()
}

// exited leaves out what the Result says anyway, that the program did not return 0.
func exited(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil
	}
	return err
}

func (r *run) result(wall time.Duration) Result {
	state := r.cmd.ProcessState
	result := Result{
		ExitCode: state.ExitCode(), Signal: signalName(state),
		Stdout: r.stdout.kept, Stderr: r.stderr.kept, Answers: r.answers.kept,
		Wall: wall, CPU: state.UserTime() + state.SystemTime(), PeakMemory: r.peak,
		TimedOut: r.reason == overTime, OutOfMemory: r.reason == overMemory, OutputExceeded: r.reason == overOutput,
		WrittenExceeded: r.reason == overWritten, TooManyProcesses: r.reason == overProcesses,
		Killed: r.reason != none,
	}
	// The system ends a process at its limit of computing time by a signal that nobody else sent. It counts whole ticks
	// of its clock for the limit, which on a busy machine come to more than the exact time that it tells.
	if r.reason == none && result.Signal == "SIGKILL" && result.CPU > wholeSeconds(r.Limits.CPU)*3/4 {
		result.CPUExceeded, result.Killed = true, true
	}
	// The Go runtime ends a program when the system refuses it memory or threads. It says so in words only.
	if result.ExitCode == 2 {
		said := string(r.stderr.kept)
		result.OutOfMemory = result.OutOfMemory || strings.Contains(said, "fatal error: runtime: out of memory") ||
			strings.Contains(said, "fatal error: runtime: cannot allocate memory") ||
			strings.Contains(said, "fatal error: out of memory")
		result.TooManyProcesses = result.TooManyProcesses || strings.Contains(said, "failed to create new OS thread")
	}
	return result
}

// wholeSeconds rounds up to what the system counts in, at least one second.
func wholeSeconds(d time.Duration) time.Duration {
	return max(time.Second, (d + time.Second - 1).Truncate(time.Second))
}
