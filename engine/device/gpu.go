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

// graphics are the GPUs that the operating system tells of by itself, without their drivers. Where it does not tell
// and none could be used anyway, a note says so.
func graphics(ctx context.Context, goos string, root fs.FS) (gpus []GPU, problems []Problem, notes []string) {
	switch goos {
	case "linux":
		gpus, problems = sysfsGPUs(root)
	case "darwin":
		gpus, notes = appleGPUs(ctx, runCommand)
	default:
		notes = []string{"on " + goos + " aetutor does not look for GPUs; the Go backend computes on the processor"}
	}
	return gpus, problems, notes
}
