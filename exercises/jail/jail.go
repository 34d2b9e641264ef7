// Package jail runs one program that nobody vouches for: a learner's exercise, or the Go compiler at work on a
// learner's file. Whatever the program does, it ends, and it leaves no process and no file outside of its trees.
//
// On Linux the jail is a boundary: several layers each stop what the others might let through (see Probe for which of
// them a system gives). On other systems there are limits on time and output, and what else the system offers.
//
// The program is started by this very executable, which the jail runs once more to put up the fences from inside.
// A command that uses the jail, and a test too, therefore calls Main before anything else.
package jail

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// AnswersEnv names the environment variable that tells the program the number of its answer channel, a file it may
// write to. The number is 3, except on Windows, where it is a handle. Go programs open it with os.NewFile.
const AnswersEnv = "AETUTOR_ANSWERS"

// innerName is what the inner process is called, which tells Main that the jail started it.
const innerName = "aetutor-jail"

// Limits bound what one run may take. A field that is zero takes its value from ProgramLimits, or from CompilerLimits
// for a command with Exec.
type Limits struct {
	Time      time.Duration // By the clock, from the start to the end.
	CPU       time.Duration // Computing time of each process, in whole seconds, rounded up.
	Memory    int64         // Bytes of memory in use by all processes together.
	FileSize  int64         // Bytes of the largest file that may be written.
	Written   int64         // Bytes that all processes together may write, to files and channels.
	Output    int64         // Bytes kept of each of standard output, standard error and the answers.
	Processes int           // Processes and threads together.
	OpenFiles int           // Open files of each process.
}

// ProgramLimits suit a learner's exercise.
func ProgramLimits() Limits {
	return Limits{
		Time: 10 * time.Second, CPU: 20 * time.Second, Memory: 1 << 30, FileSize: 16 << 20, Written: 64 << 20,
		Output: 1 << 20, Processes: 128, OpenFiles: 64,
	}
}

// CompilerLimits suit the Go compiler and linker.
func CompilerLimits() Limits {
	return Limits{
		Time: 60 * time.Second, CPU: 60 * time.Second, Memory: 4 << 30, FileSize: 512 << 20, Written: 2 << 30,
		Output: 1 << 20, Processes: 1024, OpenFiles: 1024,
	}
}

// over fills the limits that are zero from others.
func (l Limits) over(others Limits) Limits {
	l.Time, l.CPU = cmp.Or(l.Time, others.Time), cmp.Or(l.CPU, others.CPU)
	l.Memory, l.FileSize = cmp.Or(l.Memory, others.Memory), cmp.Or(l.FileSize, others.FileSize)
	l.Written, l.Output = cmp.Or(l.Written, others.Written), cmp.Or(l.Output, others.Output)
	l.Processes, l.OpenFiles = cmp.Or(l.Processes, others.Processes), cmp.Or(l.OpenFiles, others.OpenFiles)
	return l
}

// Command is what to run. All paths are absolute.
type Command struct {
	Path string   // The program.
	Args []string // Its arguments, without its own name.
	Env  []string // Its whole environment, as KEY=VALUE; nothing is inherited.
	Dir  string   // Its working directory, within one of the trees; the root if empty.

	// Read are the files and directory trees that it may read. Its own file needs no mention.
	Read []string
	// Write are the directory trees where it may also make, change and remove files. When aetutor runs as root the
	// jail gives these trees to the unprivileged id that the program runs as.
	Write []string
	// Exec are the trees with programs that it may read and start. With none it may not start any: that is the
	// profile for a learner's program, the one with Exec is the compiler's.
	Exec []string

	// Stdin is read until its end or the program's; its Read must not block for ever. Nil is an empty input.
	Stdin  io.Reader
	Limits Limits
}

// Result is how a run ended.
type Result struct {
	ExitCode int    // What the program returned, -1 if a signal ended it.
	Signal   string // The signal that ended it, such as SIGKILL, or empty.

	Stdout, Stderr, Answers []byte // Up to Limits.Output each; Answers is what it wrote to the answer channel.

	// Killed is whether the jail ended it, and the following say why. The first reason counts.
	Killed          bool
	TimedOut        bool // Limits.Time
	CPUExceeded     bool // Limits.CPU
	OutputExceeded  bool // Limits.Output
	WrittenExceeded bool // Limits.Written

	// OutOfMemory and TooManyProcesses are also true when the Go runtime gave up because the system refused it more.
	OutOfMemory      bool
	TooManyProcesses bool

	Wall       time.Duration // From before the start to after the end.
	CPU        time.Duration // Computing time of all processes.
	PeakMemory int64         // The most memory in use that the jail saw, in bytes; it looks every few milliseconds.
}

// Jail runs programs with the protections that it found the system to have. It may be used by several goroutines.
type Jail struct {
	found protections
}

// New finds out which protections the system gives, by trying them in a process that ends at once.
func New(ctx context.Context) (*Jail, error) {
	// Without this a program that does not call Main would start itself again and again.
	if len(os.Args) > 0 && os.Args[0] == innerName {
		return nil, errors.New("the program has to call jail.Main before anything else")
	}
	found, err := measure(ctx)
	if err != nil {
		return nil, fmt.Errorf("cannot find out how programs can be confined here: %w", err)
	}
	return &Jail{found: found}, nil
}

// resolved is the command with its limits filled in. Its paths are absolute and exist.
func (c Command) resolved() (Command, error) {
	if len(c.Exec) > 0 {
		c.Limits = c.Limits.over(CompilerLimits())
	} else {
		c.Limits = c.Limits.over(ProgramLimits())
	}
	if l := c.Limits; min(l.Time, l.CPU) < 0 || min(l.Memory, l.FileSize, l.Written, l.Output) < 0 ||
		min(l.Processes, l.OpenFiles) < 0 {
		return c, errors.New("a limit is negative")
	}
	paths := append(append(append([]string{c.Path}, c.Read...), c.Write...), c.Exec...)
	if c.Dir != "" {
		paths = append(paths, c.Dir)
	}
	for _, path := range paths {
		if !filepath.IsAbs(path) {
			return c, fmt.Errorf("the path %q is not absolute", path)
		}
		if _, err := os.Stat(path); err != nil {
			return c, err
		}
	}
	return c, nil
}
