//go:build unix

package main

import (
	"os"
	"syscall"
)

// ownGroup is nil: a signal reaches the one process that it is sent to.
func ownGroup() *syscall.SysProcAttr { return nil }

func interrupt(p *os.Process) error { return p.Signal(os.Interrupt) }
