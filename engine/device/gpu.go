package device

import (
	"context"
	"io/fs"
)

// The vendors of the GPUs that are looked for.
const (
	nvidiaVendor = "NVIDIA"
	amdVendor    = "AMD"
	intelVendor  = "Intel"
	appleVendor  = "Apple"
)

// GPU is a graphics processor of the machine, whether or not a backend can compute on it.
type GPU struct {
	Vendor      string `json:"vendor"`
	Name        string `json:"name"`
	MemoryBytes uint64 `json:"memory_bytes"` // 0 where the system does not tell
	Driver      string `json:"driver"`       // the driver's version for NVIDIA, its name for the others; "" without one
	// ComputeCapability is NVIDIA's number for what the GPU can do, as "8.0".
	ComputeCapability string `json:"compute_capability,omitempty"`
}

// graphics are the GPUs that the operating system tells of by itself, without their drivers.
func graphics(ctx context.Context, goos string, root fs.FS) ([]GPU, []Problem) {
	switch goos {
	case "linux":
		return sysfsGPUs(root)
	case "darwin":
		return appleGPUs(ctx, runCommand)
	default:
		return nil, []Problem{{
			What: "on " + goos + " aetutor does not see which GPUs there are",
			Fix:  "nothing needs to be done: the Go backend computes on the processor",
		}}
	}
}
