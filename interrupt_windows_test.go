package main

import (
	"os"
	"syscall"

	"golang.org/x/sys/windows"
)

// ownGroup keeps what interrupt sends from this process, which shares the console.
func ownGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: windows.CREATE_NEW_PROCESS_GROUP}
}

// interrupt sends ctrl+break: processes of a new group do not hear ctrl+c.
func interrupt(p *os.Process) error {
	return windows.GenerateConsoleCtrlEvent(windows.CTRL_BREAK_EVENT, uint32(p.Pid))
}
