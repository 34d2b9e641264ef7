package device

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/gomlx/go-xla/installer"
	"github.com/shirou/gopsutil/v4/disk"
)

// The plugins that can be installed.
const (
	cudaPlugin = "cuda"
	cpuPlugin  = "cpu"
)

// ErrUnknownPlugin is what PlanInstall returns for a name that it does not know.
var ErrUnknownPlugin = errors.New("unknown plugin")

// Plan is what an installation would do, for a person to agree to.
type Plan struct {
	Plugin  string // "cuda" or "cpu"
	What    string // what is downloaded, and from which project
	Size    string // as much as is known beforehand
	Dir     string // where it goes
	Free    uint64 // bytes free there, 0 where the system does not tell
	Warning string // why it may be of no use, "" where nothing speaks against it
	request string // the plugin and its variant, as "cuda13"
}

// PlanInstall says what installing "cuda" or "cpu" would do on a machine with these GPUs. It opens no connection.
func PlanInstall(name string, gpus []GPU) (Plan, error) {
	lib, err := installer.DefaultHomeLibPath()
	if err != nil {
		return Plan{}, fmt.Errorf("installing the plugin %s: %w", name, err)
	}
	system := runtime.GOOS + "/" + runtime.GOARCH
	p := Plan{Plugin: name, Dir: filepath.Join(lib, "go-xla"), Free: freeBytes(lib)}
	switch name {
	case cpuPlugin:
		if !slices.Contains(installer.CPUSupportedPlatforms, strings.Replace(system, "/", "_", 1)) {
			return Plan{}, fmt.Errorf("there is no CPU plugin for %s; the Go backend computes there", system)
		}
		p.request = cpuPlugin
		p.What = fmt.Sprintf("XLA's PJRT plugin for processors, release %s of the project gomlx/pjrt-cpu-binaries on "+
			"GitHub; it is checked against no checksum", cpuRelease())
		p.Size = "about 200 MB unpacked, by go-xla's documentation; the exact size is known only when the download runs"
	case cudaPlugin:
		if !cudaExists {
			return Plan{}, fmt.Errorf("there is a CUDA plugin for linux/amd64 only, this is %s; the Go backend computes here",
				system)
		}
		p.request, p.Warning = cudaVariant(gpus)
		p.What = fmt.Sprintf("XLA's PJRT plugin for NVIDIA GPUs, the newest jax-%s-pjrt of the JAX project on PyPI, and the "+
			"nvidia packages of NVIDIA on PyPI that it needs; each is checked against its SHA-256 there", p.request)
		p.Size = "some gigabytes, most of them NVIDIA's libraries; the exact size is known only when the download runs"
	default:
		return Plan{}, fmt.Errorf("%w: %q; choose cuda or cpu", ErrUnknownPlugin, name)
	}
	if !hasCgo {
		return Plan{}, fmt.Errorf("this binary was built without cgo, so it could not use a plugin; %s", withCgo)
	}
	return p, nil
}

// The oldest drivers for Linux that the libraries of a CUDA version run on (NVIDIA, CUDA Toolkit Release Notes, table
// "CUDA Toolkit and Minimum Required Driver Version for CUDA Minor Version Compatibility").
const (
	oldestDriver12 = "525.60.13"
	oldestDriver13 = "580.65.06"
)

// oldestCapability13 is the compute capability that CUDA 13 needs (NVIDIA, CUDA Toolkit 13.0 Release Notes, 2025).
const oldestCapability13 = "7.5"

// cudaVariant takes CUDA 12 where the driver or the GPU is too old for CUDA 13. The warning says where not even that
// runs.
func cudaVariant(gpus []GPU) (variant, warning string) {
	gpus = slices.DeleteFunc(slices.Clone(gpus), func(g GPU) bool { return g.Vendor != nvidiaVendor })
	if len(gpus) == 0 {
		return "cuda13", "no NVIDIA GPU is found in this machine; the plugin would be of no use"
	}
	for _, g := range gpus {
		if versionParts(g.Driver) == nil {
			warning = "NVIDIA's driver does not answer; without it the plugin is of no use"
		}
		if older(g.Driver, oldestDriver12) {
			return "cuda12", fmt.Sprintf("NVIDIA's driver %s is too old for the plugin, which needs %s or later; "+
				"install a newer driver", g.Driver, oldestDriver12)
		}
		if older(g.Driver, oldestDriver13) || older(g.ComputeCapability, oldestCapability13) {
			variant = "cuda12"
		}
	}
	return cmp.Or(variant, "cuda13"), warning
}

// older says whether a version is one, and comes before another.
func older(version, than string) bool {
	parts := versionParts(version)
	return parts != nil && slices.Compare(parts, versionParts(than)) < 0
}

// versionParts are the numbers of a version, as 580, 65 and 6 of "580.65.06", or nil for anything else.
func versionParts(version string) []int {
	var parts []int
	for part := range strings.SplitSeq(version, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil
		}
		parts = append(parts, n)
	}
	return parts
}

// freeBytes is the free space for a directory that need not exist yet.
func freeBytes(dir string) uint64 {
	for {
		if usage, err := disk.Usage(dir); err == nil {
			return usage.Free
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return 0
		}
		dir = parent
	}
}
