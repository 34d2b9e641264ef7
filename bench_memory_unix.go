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
	return residentBytes(runtime.GOOS, usage.Maxrss), nil
}

// residentBytes are the bytes of a maximum resident set size: Darwin counts bytes, the others kilobytes.
func residentBytes[T int32 | int64](goos string, maxrss T) float64 {
	if goos == "darwin" {
		return float64(maxrss)
	}
	return float64(maxrss) * 1024
}
