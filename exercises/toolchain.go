package exercises

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/version"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// oldestGo is the Go version that GoMLX needs.
const oldestGo = "go1.27"

// ErrNoToolchain says that no Go is there that can build exercises.
var ErrNoToolchain = errors.New("checking an exercise needs Go 1.27 or later; get it from https://go.dev/dl/, and see that " +
	"`go version` prints it")

// Toolchain is an installed Go.
type Toolchain struct {
	Root    string // its GOROOT
	Version string // "go1.27.3"
}

// Command is the path of go.
func (t Toolchain) Command() string { return filepath.Join(t.Root, "bin", goName(runtime.GOOS)) }

// goName is the name of go's file on a system.
func goName(goos string) string {
	if goos == "windows" {
		return "go.exe"
	}
	return "go"
}

// FindToolchain finds a Go that is new enough: the one in the PATH, or one that it has downloaded before. It downloads
// none.
func FindToolchain(ctx context.Context) (Toolchain, error) {
	path, err := exec.LookPath("go")
	if err != nil {
		return Toolchain{}, ErrNoToolchain
	}
	built, _, _ := strings.Cut(runtime.Version(), "-X:") // What follows are experiments.
	var found []string
	var failed error
	for _, choice := range []string{"local", built} {
		cmd := exec.CommandContext(ctx, path, "env", "GOROOT", "GOVERSION")
		cmd.Dir = os.TempDir() // A go.mod above the working directory might ask for another Go.
		cmd.Env = append(os.Environ(), "GOTOOLCHAIN="+choice, "GOPROXY=off", "GOFLAGS=", "GOEXPERIMENT=")
		out, err := cmd.Output()
		if ctx.Err() != nil {
			return Toolchain{}, ctx.Err()
		}
		root, is, ok := strings.Cut(strings.TrimSpace(string(out)), "\n")
		is, _, _ = strings.Cut(is, " ")
		if err != nil || !ok {
			failed = goFailure(err)
			continue
		}
		if version.Compare(is, oldestGo) >= 0 {
			return Toolchain{root, is}, nil
		}
		found = append(found, is)
	}
	if len(found) > 0 {
		return Toolchain{}, fmt.Errorf("%s is %s: %w", path, found[0], ErrNoToolchain)
	}
	return Toolchain{}, fmt.Errorf("%s does not work (%w): %w", path, failed, ErrNoToolchain)
}

// goFailure is why go did not answer: its own words where it said any. Without an error it answered something else.
func goFailure(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) && len(exit.Stderr) > 0 {
		return errors.New(strings.TrimSpace(string(exit.Stderr)))
	}
	return cmp.Or(err, errors.New("it does not tell its version"))
}
