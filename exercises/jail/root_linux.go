package jail

import (
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// enterRoot makes the trees, at their own paths, all that there is of the file system.
func enterRoot(trees []tree) error {
	// Nothing of what is mounted here may show outside.
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("making the mounts private: %w", err)
	}
	// The new root needs a place until it takes the old one's. No tree lies in /proc, and it exists everywhere.
	const root = "/proc"
	if err := unix.Mount("tmpfs", root, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=0755,size=1m"); err != nil {
		return fmt.Errorf("mounting an empty file system: %w", err)
	}
	for _, tree := range trees {
		if err := tree.bind(root); err != nil {
			return fmt.Errorf("binding %s: %w", tree.Path, err)
		}
	}
	if err := restrictMount(root, 0, unix.MOUNT_ATTR_RDONLY|unix.MOUNT_ATTR_NOSUID|unix.MOUNT_ATTR_NODEV); err != nil {
		return fmt.Errorf("making the root read-only: %w", err)
	}
	if err := unix.Chdir(root); err != nil {
		return err
	}
	// The old root ends up on top of the new one, where it can be unmounted.
	if err := unix.PivotRoot(".", "."); err != nil {
		return fmt.Errorf("changing the root: %w", err)
	}
	if err := unix.Unmount(".", unix.MNT_DETACH); err != nil {
		return fmt.Errorf("leaving the old root: %w", err)
	}
	return unix.Chdir("/")
}

// bind shows a tree at its path below the new root, with no more rights than it is to have.
func (t tree) bind(root string) error {
	target := filepath.Join(root, t.Path)
	if err := t.place(target); err != nil {
		return err
	}
	if err := unix.Mount(t.Path, target, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		return err
	}
	attributes := uint64(unix.MOUNT_ATTR_NOSUID)
	if t.Access&toWrite == 0 {
		attributes |= unix.MOUNT_ATTR_RDONLY
	}
	if t.Access&toExecute == 0 {
		attributes |= unix.MOUNT_ATTR_NOEXEC
	}
	if t.Access&isDevice == 0 {
		attributes |= unix.MOUNT_ATTR_NODEV
	}
	return restrictMount(target, unix.AT_RECURSIVE, attributes)
}

// place makes sure that there is something to mount on. Within another tree there is, at the same path.
func (t tree) place(target string) error {
	if _, err := os.Lstat(target); err == nil {
		return nil
	}
	info, err := os.Stat(t.Path)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return os.MkdirAll(target, 0o755)
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(target, os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	return file.Close()
}

func restrictMount(path string, flags uint, attributes uint64) error {
	return unix.MountSetattr(unix.AT_FDCWD, path, flags, &unix.MountAttr{Attr_set: attributes})
}
