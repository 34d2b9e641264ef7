package jail

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// dropPrivileges leaves this thread without capabilities and without a way to get some. When changeID is true it
// becomes the unprivileged user first.
func dropPrivileges(changeID bool) error {
	if changeID {
		if err := becomeUnprivileged(); err != nil {
			return err
		}
	}
	// Change of identity makes the system forget whom to end this process with.
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0); err != nil {
		return fmt.Errorf("asking to end with aetutor: %w", err)
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("setting no_new_privs: %w", err)
	}
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var nothing [2]unix.CapUserData
	if err := unix.Capset(&header, &nothing[0]); err != nil {
		return fmt.Errorf("dropping capabilities: %w", err)
	}
	return nil
}

// becomeUnprivileged changes the ids of this thread only; the functions of package syscall change those of all threads,
// which is more than is needed.
func becomeUnprivileged() error {
	for capability := uintptr(0); ; capability++ {
		err := unix.Prctl(unix.PR_CAPBSET_DROP, capability, 0, 0, 0)
		if errors.Is(err, unix.EINVAL) {
			break // The system has no capability of this number, nor of a higher one.
		}
		if err != nil {
			return fmt.Errorf("dropping capability %d: %w", capability, err)
		}
	}
	if _, _, errno := unix.RawSyscall(unix.SYS_SETGROUPS, 0, 0, 0); errno != 0 {
		return fmt.Errorf("leaving all groups: %w", errno)
	}
	if _, _, errno := unix.RawSyscall(unix.SYS_SETRESGID, unprivileged, unprivileged, unprivileged); errno != 0 {
		return fmt.Errorf("changing the group: %w", errno)
	}
	if _, _, errno := unix.RawSyscall(unix.SYS_SETRESUID, unprivileged, unprivileged, unprivileged); errno != 0 {
		return fmt.Errorf("changing the user: %w", errno)
	}
	return nil
}
