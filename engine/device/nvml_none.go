//go:build !cgo || !linux

package device

import "runtime"

// askDriver answers where NVML cannot be loaded.
func askDriver() nvidia {
	if runtime.GOOS != "linux" {
		return nvidia{Failure: &Problem{
			What: "NVIDIA's driver is asked on Linux only",
			Fix:  "nothing needs to be done: the Go backend computes on the processor",
		}}
	}
	return nvidia{Failure: &Problem{What: "this binary was built without cgo, so it cannot ask NVIDIA's driver",
		Fix: withCgo}}
}
