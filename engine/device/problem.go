package device

import (
	"fmt"
	"slices"
	"strings"
)

// The remedies that more than one problem has.
const (
	withCgo     = "install a C compiler and build aetutor from its source with CGO_ENABLED=1"
	installCUDA = "aetutor doctor --install cuda"
)

// brokenPlugin is a plugin that does not load.
type brokenPlugin struct {
	Plugin
	err error
}

// facts are all that the advice rests on.
type facts struct {
	goos, goarch, goVersion string
	simd, cgo               bool
	cpu                     CPU
	procs                   int    // the processors that Go uses at the same time
	procsSetting            string // the environment's GOMAXPROCS
	backend                 Backend
	backendFailed           bool
	driver                  nvidia
	seen                    []GPU // without their drivers
	plugins                 []Plugin
	broken                  []brokenPlugin
}

// gpus are those that NVIDIA's driver tells of, and those seen without it. The driver knows more of its own, so these
// are not taken twice.
func (f facts) gpus() []GPU {
	gpus := slices.Clone(f.driver.GPUs)
	for _, g := range f.seen {
		if g.Vendor != nvidiaVendor || len(f.driver.GPUs) == 0 {
			gpus = append(gpus, g)
		}
	}
	return gpus
}

// problems are what keeps this program from computing as fast as the machine could, the gravest first.
func (f facts) problems() []Problem {
	var found []Problem
	if f.backendFailed {
		p := Problem{
			What: fmt.Sprintf("the backend %s %s", f.backend.Name, f.backend.Reason),
			Fix:  "take the backend that always works: --backend go",
		}
		if len(f.broken) > 0 {
			p.Fix = "mend what is said about PJRT plugins below, or " + p.Fix
		}
		found = append(found, p)
	}
	found = append(found, f.nvidiaProblems()...)
	found = append(found, f.pluginProblems()...)
	found = append(found, f.kernelProblems()...)
	return append(found, f.coreProblems()...)
}

// notes are about what this program lacks and this machine has no use for.
func (f facts) notes() []string {
	isNVIDIA := func(g GPU) bool { return g.Vendor == nvidiaVendor }
	if f.cgo || len(f.broken) > 0 || slices.ContainsFunc(f.seen, isNVIDIA) {
		return nil
	}
	return []string{
		"this binary was built without cgo, so it uses neither PJRT plugins nor NVIDIA GPUs; none were found here",
	}
}

// pluginProblems are plugins that do not work. Without cgo none of them can, and that says nothing against them.
func (f facts) pluginProblems() []Problem {
	if !f.cgo && len(f.broken) > 0 {
		var paths []string
		for _, b := range f.broken {
			paths = append(paths, b.Path)
		}
		return []Problem{{
			What: "this binary was built without cgo, so it cannot load PJRT plugins: " + strings.Join(paths, ", "),
			Fix:  withCgo,
		}}
	}
	var found []Problem
	for _, b := range f.broken {
		found = append(found, b.problem())
	}
	return found
}

// nvidiaProblems are a GPU without a working driver, and one without a plugin. A missing driver is no problem on a
// machine without such a GPU.
func (f facts) nvidiaProblems() []Problem {
	at := slices.IndexFunc(f.seen, func(g GPU) bool { return g.Vendor == nvidiaVendor })
	if f.driver.Failure != nil && (at >= 0 || len(f.driver.GPUs) > 0) {
		name := ""
		if at >= 0 {
			name = " " + f.seen[at].Name
		}
		return []Problem{{
			What: fmt.Sprintf("the NVIDIA GPU%s cannot be used: %s", name, f.driver.Failure.What),
			Fix:  f.driver.Failure.Fix,
		}}
	}
	if len(f.driver.GPUs) == 0 || slices.ContainsFunc(f.plugins, Plugin.isCUDA) ||
		slices.ContainsFunc(f.broken, brokenPlugin.isCUDA) {
		return nil
	}
	p := Problem{What: fmt.Sprintf("the NVIDIA GPU %s is not used, because there is no CUDA plugin",
		f.driver.GPUs[0].Name)}
	switch {
	case f.goos != "linux" || f.goarch != "amd64":
		p.Fix = fmt.Sprintf("nothing can be done: the CUDA plugin exists for linux/amd64 only, this is %s/%s", f.goos,
			f.goarch)
	case !f.cgo:
		p.Fix = withCgo + ", then run " + installCUDA
	default:
		p.Fix = installCUDA
	}
	return []Problem{p}
}

func (b brokenPlugin) problem() Problem {
	p := Problem{
		What: fmt.Sprintf("the PJRT plugin %s does not work: %v", b.Path, b.err),
		Fix:  "move the file away, or out of the directories in PJRT_PLUGIN_LIBRARY_PATH",
	}
	switch {
	case b.isCUDA():
		p.Fix += ", or install it again: " + installCUDA
	case strings.HasPrefix(b.Name, cpuPlugin):
		p.Fix += ", or install it again: aetutor doctor --install cpu"
	}
	return p
}

// kernelProblems are what keeps the Go backend from its vector kernels, which exist for amd64 with AVX2 or AVX-512.
func (f facts) kernelProblems() []Problem {
	// A toolchain with experiments calls itself "go1.27.3-X:simd" or "go1.27.3 X:simd".
	version, _, _ := strings.Cut(f.goVersion, "X:")
	version = strings.TrimRight(version, "- ")
	switch {
	case f.goarch == "amd64" && !f.simd:
		return []Problem{{
			What: "this binary was built without GOEXPERIMENT=simd, so the Go backend trains several times as slowly",
			Fix: "in aetutor's source directory: GOTOOLCHAIN=" + version +
				" GOEXPERIMENT=simd go build -o aetutor . (or make build, which sets both)",
		}}
	case f.goarch == "amd64" && !slices.Contains(f.cpu.Features, "avx2"):
		p := Problem{
			What: "this processor has no AVX2, so the Go backend cannot use its vector kernels and trains several times as " +
				"slowly",
			Fix: "try XLA's kernels: aetutor doctor --install cpu, then aetutor --backend xla:cpu",
		}
		if !f.cgo {
			p.Fix = withCgo + ", then " + p.Fix
		}
		return []Problem{p}
	}
	return nil
}

// coreProblems are what keeps Go from using all the processors.
func (f facts) coreProblems() []Problem {
	if f.procs >= f.cpu.Cores && f.procs > 1 {
		return nil
	}
	p := Problem{What: fmt.Sprintf("Go uses %d of %d processor cores", f.procs, f.cpu.Cores)}
	switch {
	case f.cpu.Cores == 1:
		p.What = "there is 1 processor core only, so nothing is computed at the same time as anything else"
		p.Fix = "nothing can be done here; give a virtual machine or container more cores, or train smaller networks"
	case f.procsSetting != "":
		p.Fix = "unset the environment variable GOMAXPROCS, which is " + f.procsSetting
	default:
		p.Fix = "raise the CPU limit of the container or control group that aetutor runs in"
	}
	return []Problem{p}
}
