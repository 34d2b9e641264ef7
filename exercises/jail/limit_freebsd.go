//go:build freebsd || dragonfly

package jail

import "golang.org/x/sys/unix"

// setLimit sets both the limit in force and the highest one that may be asked for.
func setLimit(resource int, value uint64) error {
	return unix.Setrlimit(resource, &unix.Rlimit{Cur: int64(value), Max: int64(value)})
}
