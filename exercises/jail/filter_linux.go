package jail

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"unsafe"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// newSpaces are the flags of clone that make namespaces, in which a program would have rights again.
const newSpaces = allSpaces | unix.CLONE_NEWCGROUP | unix.CLONE_NEWTIME

// programCalls are what a Go program calls to compute, to tell the time, and to read and write the files it may.
func programCalls() []string {
	calls := []string{
		"brk", "close", "dup", "dup3", "epoll_create1", "epoll_ctl", "epoll_pwait", "eventfd2", "execve", "exit",
		"exit_group", "faccessat", "faccessat2", "fdatasync", "fstat", "fsync", "ftruncate", "futex", "getcwd",
		"getdents64", "getegid", "geteuid", "getgid", "getitimer", "getpid", "getppid", "getrandom", "getrlimit",
		"getrusage", "gettid", "gettimeofday", "getuid", "lseek", "madvise", "membarrier", "mincore", "mkdirat", "mmap",
		"mprotect", "mremap", "munmap", "nanosleep", "newfstatat", "openat", "pipe2", "ppoll", "pread64", "preadv",
		"pwrite64", "pwritev", "read", "readlinkat", "readv", "renameat", "renameat2", "restart_syscall", "rseq",
		"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sched_getaffinity", "sched_yield", "set_robust_list",
		"set_tid_address", "setitimer", "sigaltstack", "statx", "sysinfo", "timer_create", "timer_delete", "timer_settime",
		"clock_getres", "clock_gettime", "clock_nanosleep", "umask", "uname", "unlinkat", "write", "writev",
	}
	if runtime.GOARCH == "amd64" {
		calls = append(calls, "arch_prctl", "access", "epoll_wait", "open", "poll", "readlink", "stat", "lstat")
	}
	return calls
}

// compilerCalls are what the go command and its tools need beside those: to start others and wait for them, and to keep
// a cache.
func compilerCalls() []string {
	return []string{
		"chdir", "copy_file_range", "fchdir", "fchmod", "fchmodat", "flock", "fstatfs", "getpgid", "pidfd_open", "sendfile",
		"statfs", "utimensat", "wait4", "waitid",
	}
}

// fileCommands are the uses of fcntl that stay within the process. Others send signals to whom the program names.
func fileCommands() []uint64 {
	return []uint64{
		unix.F_DUPFD, unix.F_DUPFD_CLOEXEC, unix.F_GETFD, unix.F_SETFD, unix.F_GETFL, unix.F_SETFL, unix.F_GETLK,
		unix.F_SETLK, unix.F_SETLKW, unix.F_OFD_SETLK, unix.F_OFD_SETLKW, unix.F_OFD_GETLK, unix.F_GETPIPE_SZ,
	}
}

// policy allows the calls that are listed and refuses all others, first of all those that make sockets, trace, mount,
// load code into the kernel or start what the profile does not include. Signals says whether another layer keeps
// signals within the jail, so that the compiler's processes may send them to each other.
func policy(compiler, signals bool, pid int) seccomp.Policy {
	calls := programCalls()
	var conditional []seccomp.NameWithConditions
	when := func(name string, conditions ...seccomp.Condition) {
		conditional = append(conditional, seccomp.NameWithConditions{Name: name, Conditions: conditions})
	}
	if compiler {
		calls = append(calls, compilerCalls()...)
		when("clone", seccomp.Condition{Argument: 0, Operation: seccomp.BitsNotSet, Value: newSpaces})
	} else {
		when("clone", seccomp.Condition{Argument: 0, Operation: seccomp.BitsSet, Value: unix.CLONE_THREAD},
			seccomp.Condition{Argument: 0, Operation: seccomp.BitsNotSet, Value: newSpaces})
	}
	when("prlimit64", seccomp.Condition{Argument: 0, Operation: seccomp.Equal, Value: 0})
	if compiler && signals {
		calls = append(calls, "kill", "pidfd_send_signal", "tgkill")
	} else {
		// The runtime interrupts its own threads. The id stays the same when the program starts.
		when("tgkill", seccomp.Condition{Argument: 0, Operation: seccomp.Equal, Value: uint64(pid)})
	}
	for _, command := range fileCommands() {
		when("fcntl", seccomp.Condition{Argument: 1, Operation: seccomp.Equal, Value: command})
	}
	slices.Sort(calls)
	return seccomp.Policy{
		DefaultAction: seccomp.ActionErrno,
		Syscalls: []seccomp.SyscallGroup{
			// The flags of clone3 lie in memory, where no filter sees them. Told that there is none, callers use clone.
			{Names: []string{"clone3"}, Action: seccomp.ActionErrno | seccomp.Action(unix.ENOSYS)},
			{Names: slices.Compact(calls), NamesWithCondtions: conditional, Action: seccomp.ActionAllow},
		},
	}
}

// filter is a policy as the system takes it, or nothing.
type filter []unix.SockFilter

func newFilter(o order) (filter, error) {
	if !o.Layers.Seccomp {
		return nil, nil
	}
	signals := o.Layers.has(unix.CLONE_NEWPID) || o.Layers.Landlock >= landlockForSignals
	p := policy(o.Compiler, signals, os.Getpid())
	instructions, err := p.Assemble()
	if err != nil {
		return nil, fmt.Errorf("cannot make the filter of system calls: %w", err)
	}
	raw, err := bpf.Assemble(instructions)
	if err != nil {
		return nil, fmt.Errorf("cannot make the filter of system calls: %w", err)
	}
	f := make(filter, len(raw))
	for i, r := range raw {
		f[i] = unix.SockFilter{Code: r.Op, Jt: r.Jt, Jf: r.Jf, K: r.K}
	}
	return f, nil
}

// load puts the filter up for this thread and what it becomes.
func (f filter) load() error {
	if len(f) == 0 {
		return nil
	}
	program := unix.SockFprog{Len: uint16(len(f)), Filter: &f[0]}
	_, _, errno := unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, 0, uintptr(unsafe.Pointer(&program)))
	if errno != 0 {
		return fmt.Errorf("cannot filter system calls: %w", errno)
	}
	return nil
}
