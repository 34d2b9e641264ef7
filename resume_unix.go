//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
)

// resumptions gets a value whenever the program goes on after it was stopped.
func resumptions() <-chan os.Signal {
	resumed := make(chan os.Signal, 1)
	signal.Notify(resumed, syscall.SIGCONT)
	return resumed
}
