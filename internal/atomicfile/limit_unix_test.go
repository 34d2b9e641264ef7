//go:build unix

package atomicfile_test

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// limitFiles has the system refuse what a file would hold beyond a number of bytes, as a disk does that became full.
func limitFiles(bytes string) error {
	n, err := strconv.ParseUint(bytes, 10, 63)
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ)
	limit := syscall.Rlimit{}
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	setLimit(&limit.Cur, n)
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)
}

// setLimit sets a field that is signed on some systems.
func setLimit[N int64 | uint64](field *N, n uint64) { *field = N(n) }

func TestAWriteThatFailsChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	put(t, path, "old", 0o644)
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), writePath+"="+path, writeLimit+"="+strconv.Itoa(size/2))
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), path+": "+syscall.EFBIG.Error()) {
		t.Fatalf("it ended with %v and said %s", err, out)
	}
	expect(t, path, "old", 1)
}
