//go:build !unix

package main

import "os"

// resumptions is nil: no system but Unix stops a program.
func resumptions() <-chan os.Signal { return nil }
