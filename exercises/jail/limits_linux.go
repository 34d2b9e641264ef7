package jail

import (
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

// reserve is how much more address space than memory a Go program needs: its runtime reserves a good gibibyte that it
// does not use.
const reserve = 4 << 30

// slack is how much more memory than it may use a program may ask for, so that the watch, which can say what happened,
// comes before the system's refusal, which cannot.
const slack = 64 << 20

type resourceLimit struct {
	resource int
	name     string
	value    uint64
}

// limitFirst sets what does not hinder the inner process.
func limitFirst(l Limits) error {
	return set([]resourceLimit{
		{unix.RLIMIT_CORE, "core dumps", 0},
		{unix.RLIMIT_CPU, "computing time", uint64(wholeSeconds(l.CPU) / time.Second)},
		{unix.RLIMIT_FSIZE, "the size of files", uint64(l.FileSize)},
		{unix.RLIMIT_NOFILE, "open files", uint64(l.OpenFiles)},
		{unix.RLIMIT_MEMLOCK, "locked memory", 0},
		{unix.RLIMIT_MSGQUEUE, "message queues", 0},
	})
}

// limitLast sets what the inner process, which is all of aetutor, may already be beyond.
func limitLast(o order) error {
	return set([]resourceLimit{
		{unix.RLIMIT_NPROC, "processes", uint64(o.Limits.Processes)},
		{unix.RLIMIT_DATA, "memory", uint64(o.Limits.Memory + slack)},
		{unix.RLIMIT_AS, "address space", uint64(o.Limits.Memory + reserve)},
	})
}

func set(limits []resourceLimit) error {
	for _, l := range limits {
		value := unix.Rlimit{Cur: l.value, Max: l.value}
		if err := unix.Prlimit(0, l.resource, &value, nil); err != nil {
			return fmt.Errorf("cannot limit %s to %d: %w", l.name, l.value, err)
		}
	}
	return nil
}
