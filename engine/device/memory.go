package device

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/shirou/gopsutil/v4/mem"
)

// memory is what the machine has, or less where a control group limits this process, as in a container. It is 0 where
// neither is told.
func memory(ctx context.Context, root fs.FS) uint64 {
	var bytes uint64
	if m, err := mem.VirtualMemoryWithContext(ctx); err == nil {
		bytes = m.Total
	}
	if limit, ok := groupLimit(root); ok && (bytes == 0 || limit < bytes) {
		return limit
	}
	return bytes
}

// groupLimit is the least memory that this process's control groups of version 1 or 2 and those around them allow, in
// bytes. A process in a container sees a part of the hierarchy only, so groups that are not there are passed over.
func groupLimit(root fs.FS) (limit uint64, ok bool) {
	groups, err := fs.ReadFile(root, "proc/self/cgroup")
	if err != nil {
		return 0, false
	}
	for line := range strings.Lines(string(groups)) {
		// A line is hierarchy:controllers:path; version 2 has no controllers.
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(fields) < 3 {
			continue
		}
		mount, file := "sys/fs/cgroup", "memory.max"
		switch {
		case fields[1] == "":
		case slices.Contains(strings.Split(fields[1], ","), "memory"):
			mount, file = "sys/fs/cgroup/memory", "memory.limit_in_bytes"
		default:
			continue
		}
		for group := path.Join("/", fields[2]); ; group = path.Dir(group) {
			if n, err := readUint(root, path.Join(mount, group, file)); err == nil && (!ok || n < limit) {
				limit, ok = n, true
			}
			if group == "/" {
				break
			}
		}
	}
	return limit, ok
}

// readUint reads a file that holds one number, decimal or with 0x before it.
func readUint(root fs.FS, name string) (uint64, error) {
	text, err := fs.ReadFile(root, name)
	if err != nil {
		return 0, err
	}
	return strconv.ParseUint(strings.TrimSpace(string(text)), 0, 64)
}
