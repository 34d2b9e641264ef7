package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"sort"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

// dial tries each NETWORK=ADDRESS.
func dial(targets []string) {
	for _, target := range targets {
		network, address, _ := strings.Cut(target, "=")
		connection, err := net.DialTimeout(network, address, 2*time.Second)
		if err == nil {
			connection.Close()
		}
		succeeded(target, err)
	}
}

// forkSelf starts itself again and again, as each of those does, until it is refused.
func forkSelf([]string) {
	self, _ := os.Executable()
	if self == "" {
		self = os.Args[0]
	}
	for {
		if err := exec.Command(self, "fork-self").Start(); err != nil {
			answer("fork-self: refused: %v", err)
			return
		}
	}
}

// clone calls the system itself, without the library.
func clone([]string) {
	for {
		pid, _, errno := syscall.RawSyscall6(syscall.SYS_CLONE, uintptr(syscall.SIGCHLD), 0, 0, 0, 0, 0)
		if errno != 0 {
			answer("clone: refused: %v", errno)
			break
		}
		if pid == 0 {
			for {
				// The child clones too.
				syscall.RawSyscall6(syscall.SYS_CLONE, uintptr(syscall.SIGCHLD), 0, 0, 0, 0, 0)
			}
		}
	}
	var arguments [11]uint64
	arguments[4] = uint64(syscall.SIGCHLD)
	_, _, errno := syscall.RawSyscall(435, uintptr(unsafe.Pointer(&arguments)), unsafe.Sizeof(arguments), 0)
	answer("clone3: refused: %v", errno)
}

// escape starts a daemon that is to outlive it, with a session of its own and no open file.
func escape(arguments []string) {
	if len(arguments) == 2 {
		for i := 0; ; i++ {
			os.WriteFile(arguments[0], []byte(fmt.Sprint(i)), 0o644)
			time.Sleep(10 * time.Millisecond)
		}
	}
	for _, attr := range []*syscall.SysProcAttr{{Setsid: true}, {Setpgid: true}, {}} {
		cmd := exec.Command(os.Args[0], "escape", arguments[0], "daemon")
		cmd.SysProcAttr = attr
		succeeded("daemon", cmd.Start())
	}
}

func kill(arguments []string) {
	for _, target := range arguments {
		var pid int
		fmt.Sscan(target, &pid)
		succeeded("kill "+target, syscall.Kill(pid, syscall.SIGKILL))
	}
}

func tgkill(arguments []string) {
	for _, target := range arguments {
		var pid int
		fmt.Sscan(target, &pid)
		_, _, errno := syscall.RawSyscall(syscall.SYS_TGKILL, uintptr(pid), uintptr(pid), uintptr(syscall.SIGKILL))
		succeeded("tgkill "+target, failure(errno))
	}
}

// failure is an error only when there is one.
func failure(errno syscall.Errno) error {
	if errno == 0 {
		return nil
	}
	return errno
}

func ptrace(arguments []string) {
	var pid int
	fmt.Sscan(arguments[0], &pid)
	succeeded("attach", syscall.PtraceAttach(pid))
}

// forkOnce starts itself.
func forkOnce(arguments []string) {
	if len(arguments) == 0 {
		return
	}
	succeeded("start", exec.Command(arguments[0], "fork-once").Run())
}

func start(arguments []string) {
	process, err := os.StartProcess(arguments[0], arguments, &os.ProcAttr{})
	if err == nil {
		_, err = process.Wait()
	}
	succeeded("start", err)
}

// calls makes calls that no exercise needs. Their arguments are wrong on purpose: only the filter answers EPERM.
func calls([]string) {
	numbers := map[string]uintptr{
		"socket": 41, "ptrace": 101, "setsid": 112, "mount": 165, "keyctl": 250, "unshare": 272, "perf_event_open": 298,
		"process_vm_readv": 310, "bpf": 321, "userfaultfd": 323, "io_uring_setup": 425, "open_tree": 428, "clone3": 435,
		"pidfd_getfd": 438, "landlock_restrict_self": 446, "memfd_create": 319, "shmget": 29, "symlink": 88, "chmod": 90,
		"x32 getpid": 0x40000000 + 39,
	}
	var names []string
	for name := range numbers {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		_, _, errno := syscall.RawSyscall6(numbers[name], ^uintptr(0), ^uintptr(0), ^uintptr(0), ^uintptr(0), ^uintptr(0), 0)
		answer("%s: %v", name, errno)
	}
	for name, flags := range map[string]uintptr{
		"user": syscall.CLONE_NEWUSER, "thread and net": 0x10f00 | syscall.CLONE_NEWNET,
	} {
		_, _, errno := syscall.RawSyscall6(syscall.SYS_CLONE, flags|uintptr(syscall.SIGCHLD), 0, 0, 0, 0, 0)
		answer("clone %s: %v", name, errno)
	}
}

func ids([]string) {
	answer("uid %d gid %d", os.Getuid(), os.Getgid())
	groups, _ := os.Getgroups()
	answer("groups %v", groups)
	succeeded("setuid", syscall.Setuid(0))
}

func environment([]string) { answer("%q", os.Environ()) }

// descriptors lists the files that are open.
func descriptors([]string) {
	for fd := range 1024 {
		if _, _, errno := syscall.RawSyscall(syscall.SYS_FCNTL, uintptr(fd), syscall.F_GETFD, 0); errno == 0 {
			answer("open %d", fd)
		}
	}
}

// family holds 80 MiB in each of some processes at the same time.
func family(arguments []string) {
	var count int
	fmt.Sscan(arguments[0], &count)
	var child *exec.Cmd
	if count > 1 {
		child = exec.Command(os.Args[0], "family", fmt.Sprint(count-1))
		if err := child.Start(); err != nil {
			panic(err)
		}
	}
	block := make([]byte, 80<<20)
	for i := 0; i < len(block); i += 4096 {
		block[i] = 1
	}
	time.Sleep(300 * time.Millisecond)
	if child != nil {
		child.Wait()
	}
	answer("held %d bytes", len(block))
}
