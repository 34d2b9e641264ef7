//go:build unix

package main

import (
	"errors"
	"os"
	"runtime"
	"syscall"
)

// peakMemory is the largest resident set of a process that has ended, in bytes.
func peakMemory(p *os.ProcessState) (float64, error) {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, errors.New("the system does not tell how much memory a process took")
	}
	if runtime.GOOS == "darwin" { // It counts bytes, the others kilobytes.
		return float64(usage.Maxrss), nil
	}
	return float64(usage.Maxrss) * 1024, nil
}
