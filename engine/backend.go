package engine

import (
	"errors"
	"fmt"
	"runtime"
	"strings"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/gobackend"

	_ "github.com/aetutor/aetutor/engine/quiet" // It silences the libraries' log.
)

// Backend is what computes: the Go code of this binary, or a PJRT plugin for a CPU or a GPU.
type Backend struct {
	name    string
	reason  string
	compute compute.Backend
	turns   *turnstile
	share   *Share // of who works with it; nil for nobody in particular
}

func newBackend(name, reason string, b compute.Backend) *Backend {
	return &Backend{name: name, reason: reason, compute: b, turns: newTurnstile(runtime.GOMAXPROCS(0))}
}

// ErrUnknownBackend is what Open returns for a name that it does not know.
var ErrUnknownBackend = errors.New("unknown backend")

// BackendNames lists what Open takes.
func BackendNames() []string { return []string{"auto", "go", "xla:cpu", "xla:cuda"} }

// Open opens a backend by its name. "auto" takes CUDA where a plugin and a device are found, else Go; Reason says why.
func Open(name string) (*Backend, error) {
	switch name {
	case "auto":
		cuda, why := openCUDA()
		if cuda != nil {
			return newBackend("xla:cuda", why, cuda), nil
		}
		return openGo(why + ", so the Go backend computes")
	case "go":
		return openGo("chosen by name")
	case "xla:cpu", "xla:cuda":
		plugin := strings.TrimPrefix(name, "xla:")
		b, err := openPlugin(plugin)
		if err != nil {
			return nil, fmt.Errorf("backend %s: %w; the backend go always works", name, err)
		}
		return newBackend(name, "chosen by name", b), nil
	default:
		return nil, fmt.Errorf("%w: %q; choose one of %s", ErrUnknownBackend, name, strings.Join(BackendNames(), ", "))
	}
}

// WithoutSIMD is what a learner whose binary lacks the vector kernels has to know, and "" where it has them. The factor
// is what `aetutor bench train` prints for the two builds.
func WithoutSIMD() string {
	if SIMD {
		return ""
	}
	return withoutSIMD(runtime.GOARCH)
}

func withoutSIMD(goarch string) string {
	if goarch != "amd64" {
		return "GoMLX has its vector kernels for amd64 only, this is " + goarch
	}
	return "this binary was built without GOEXPERIMENT=simd, so training takes several times as long"
}

func openGo(reason string) (*Backend, error) {
	b, err := gobackend.New("")
	if err != nil {
		return nil, fmt.Errorf("backend go: %w", err)
	}
	if !SIMD {
		reason += "; " + WithoutSIMD()
	}
	return newBackend("go", reason, b), nil
}

// Name is "go", "xla:cpu" or "xla:cuda".
func (b *Backend) Name() string { return b.name }

// Reason says in a sentence why this backend was taken.
func (b *Backend) Reason() string { return b.reason }

// String describes the backend in a few words: "go, simd, 2 cores".
func (b *Backend) String() string {
	if b.name != "go" {
		return b.name
	}
	kernels := "no simd"
	if SIMD {
		kernels = "simd"
	}
	count, cores := min(runtime.GOMAXPROCS(0), runtime.NumCPU()), "cores"
	if count == 1 {
		cores = "core"
	}
	return fmt.Sprintf("go, %s, %d %s", kernels, count, cores)
}

// Close frees what the backend holds on its device. Models and runs on it must not be used after.
func (b *Backend) Close() { b.compute.Finalize() }
