package device

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

// Report is what a machine has and which backend computes on it. Its slices are never nil.
type Report struct {
	Version     string    `json:"version"` // of the program
	Go          string    `json:"go"`      // the toolchain that built it
	SIMD        bool      `json:"simd"`    // the Go backend has its vector kernels
	Backend     Backend   `json:"backend"`
	CPU         CPU       `json:"cpu"`
	MemoryBytes uint64    `json:"memory_bytes"` // what the program may use, 0 where the system does not tell
	GPUs        []GPU     `json:"gpus"`
	Plugins     []Plugin  `json:"pjrt"` // the plugins that load
	Problems    []Problem `json:"problems"`
	Notes       []string  `json:"notes"` // what is worth knowing and needs nothing to be done
}

// Backend is what computes and why.
type Backend struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// Problem is something that keeps the program from computing as fast as the machine could, and what to do about it.
type Problem struct {
	What string `json:"what"`
	Fix  string `json:"fix"`
}

// Options are what Inspect cannot know by itself.
type Options struct {
	Version string
	SIMD    bool
	Backend string // the name of the backend to open
	// Child is the command line of a process that calls Answer with the arguments that are appended to it.
	Child []string
	// Root is the root of the file system, from which sysfs, procfs and the list of PCI names are read. Nil is the
	// machine's own.
	Root fs.FS
	// Patience is how long a driver, a plugin or a backend may take to open. 0 is a minute, because the first start of
	// CUDA on a machine takes many seconds.
	Patience time.Duration
}

// Inspect looks at the machine. What cannot be found out is a Problem in the report; the only error is that of ctx.
func Inspect(ctx context.Context, o Options) (Report, error) {
	if o.Root == nil {
		o.Root = os.DirFS("/")
	}
	if o.Patience == 0 {
		o.Patience = time.Minute
	}
	child := child{command: o.Child, patience: o.Patience}
	files := findPlugins(runtime.GOOS, o.Root)

	// The children work at the same time: CUDA alone may take seconds to open, and that twice.
	var wg sync.WaitGroup
	var driver nvidia
	var driverErr, backendErr error
	backend := Backend{Name: o.Backend}
	loaded, loadErrs := make([]Plugin, len(files)), make([]error, len(files))
	wg.Go(func() { driverErr = child.ask(ctx, &driver, askNVIDIA) })
	wg.Go(func() { backendErr = child.ask(ctx, &backend, askBackend, o.Backend) })
	for i, file := range files {
		wg.Go(func() { loadErrs[i] = child.ask(ctx, &loaded[i], askPlugin, file.Path) })
	}
	seen, seenProblems, notes := graphics(ctx, runtime.GOOS, o.Root)
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return Report{}, fmt.Errorf("inspecting the machine: %w", err)
	}
	if driverErr != nil {
		driver.Failure = &Problem{What: driverErr.Error(), Fix: "run nvidia-smi; it says what is wrong with the driver"}
	}
	if backendErr != nil {
		backend.Reason = "does not open: " + strings.TrimPrefix(backendErr.Error(), "backend "+o.Backend+": ")
	}

	f := facts{
		goos: runtime.GOOS, goarch: runtime.GOARCH, goVersion: runtime.Version(), simd: o.SIMD, cgo: hasCgo,
		cpu: inspectCPU(o.Root), procs: runtime.GOMAXPROCS(0), procsSetting: os.Getenv("GOMAXPROCS"),
		backend: backend, backendFailed: backendErr != nil, driver: driver, seen: seen,
	}
	for i, file := range files {
		if loadErrs[i] != nil {
			f.broken = append(f.broken, brokenPlugin{file, loadErrs[i]})
			continue
		}
		loaded[i].Name, loaded[i].Path = file.Name, file.Path
		f.plugins = append(f.plugins, loaded[i])
	}
	return Report{
		Version: o.Version, Go: f.goVersion, SIMD: o.SIMD, Backend: backend, CPU: f.cpu,
		MemoryBytes: memory(ctx, o.Root), GPUs: filled(f.gpus()), Plugins: filled(f.plugins),
		Problems: filled(append(f.problems(), seenProblems...)),
		Notes:    filled(append(f.notes(), notes...)),
	}, nil
}

// filled makes a slice that JSON writes as [] of a nil one.
func filled[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
