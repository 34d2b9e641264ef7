package jail

import (
	"fmt"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// oldestLandlock is the first version of its interface that lets files move between directories, which the compiler's
// cache needs, and guards against cutting off files that may not be written.
const oldestLandlock = 3

// landlockForSignals is the first version that keeps signals within the jail.
const landlockForSignals = 6

// landlockVersion is the version of the system's interface, or 0 when there is none or it is too old.
func landlockVersion() int {
	version, _, errno := unix.RawSyscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 || version < oldestLandlock {
		return 0
	}
	return int(version)
}

// handled is all that a version can forbid and that the jail knows of.
func handled(version int) unix.LandlockRulesetAttr {
	const lastOfVersion3 = unix.LANDLOCK_ACCESS_FS_TRUNCATE
	rules := unix.LandlockRulesetAttr{Handled_access_fs: lastOfVersion3<<1 - 1}
	if version >= 4 {
		rules.Handled_access_net = unix.LANDLOCK_ACCESS_NET_BIND_TCP | unix.LANDLOCK_ACCESS_NET_CONNECT_TCP
	}
	if version >= 5 {
		rules.Handled_access_fs |= unix.LANDLOCK_ACCESS_FS_IOCTL_DEV
	}
	if version >= landlockForSignals {
		rules.Scoped = unix.LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | unix.LANDLOCK_SCOPE_SIGNAL
	}
	if version >= 9 {
		rules.Handled_access_fs |= unix.LANDLOCK_ACCESS_FS_RESOLVE_UNIX
	}
	return rules
}

// restrictPaths lets this thread, and what it becomes, reach the trees only, and neither the network nor other
// processes by signals where the version knows of them. It makes the calls itself because the library for it changes
// all threads, for which it needs /proc.
func restrictPaths(version int, trees []tree) error {
	rules := handled(version)
	ruleset, _, errno := unix.RawSyscall(unix.SYS_LANDLOCK_CREATE_RULESET,
		uintptr(unsafe.Pointer(&rules)), unsafe.Sizeof(rules), 0)
	if errno != 0 {
		return fmt.Errorf("cannot make a Landlock rule set: %w", errno)
	}
	defer unix.Close(int(ruleset)) //nolint:errcheck // The rules are in force by then, or the process ends.
	for _, tree := range trees {
		if err := tree.allow(int(ruleset)); err != nil {
			return fmt.Errorf("cannot allow %s in Landlock: %w", tree.Path, err)
		}
	}
	if _, _, errno := unix.RawSyscall(unix.SYS_LANDLOCK_RESTRICT_SELF, ruleset, 0, 0); errno != 0 {
		return fmt.Errorf("cannot enforce Landlock: %w", errno)
	}
	return nil
}

// allow adds a tree to the rules.
func (t tree) allow(ruleset int) error {
	info, err := os.Stat(t.Path)
	if err != nil {
		return err
	}
	fd, err := unix.Open(t.Path, unix.O_PATH|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd) //nolint:errcheck // Nothing was written through it.
	beneath := unix.LandlockPathBeneathAttr{Allowed_access: t.rights(info.IsDir()), Parent_fd: int32(fd)}
	_, _, errno := unix.RawSyscall6(unix.SYS_LANDLOCK_ADD_RULE, uintptr(ruleset), unix.LANDLOCK_RULE_PATH_BENEATH,
		uintptr(unsafe.Pointer(&beneath)), 0, 0, 0)
	if errno != 0 {
		return errno
	}
	return nil
}

// rights leave out making links, sockets, pipes and devices: they could lead aetutor itself astray later.
func (t tree) rights(directory bool) uint64 {
	rights := uint64(unix.LANDLOCK_ACCESS_FS_READ_FILE)
	if directory {
		rights |= unix.LANDLOCK_ACCESS_FS_READ_DIR
	}
	if t.Access&toExecute != 0 {
		rights |= unix.LANDLOCK_ACCESS_FS_EXECUTE
	}
	if t.Access&toWrite != 0 {
		rights |= unix.LANDLOCK_ACCESS_FS_WRITE_FILE | unix.LANDLOCK_ACCESS_FS_TRUNCATE
	}
	if t.Access&toWrite != 0 && directory {
		rights |= unix.LANDLOCK_ACCESS_FS_MAKE_DIR | unix.LANDLOCK_ACCESS_FS_MAKE_REG | unix.LANDLOCK_ACCESS_FS_REMOVE_DIR |
			unix.LANDLOCK_ACCESS_FS_REMOVE_FILE | unix.LANDLOCK_ACCESS_FS_REFER
	}
	return rights
}
