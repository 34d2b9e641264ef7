package exercises

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/aetutor/aetutor/exercises/jail"
	"github.com/aetutor/aetutor/exercises/pack"
)

// program holds what is built around a learner's file.
//
//go:embed _program wire/*.go
var program embed.FS

// Limits of time of what is run.
const (
	warmTime  = 5 * time.Minute
	buildTime = time.Minute
	runTime   = 6 * time.Second
)

// builder builds the programs that run learners' files, in a module of its own: the packages wire, answer and graphs,
// GoMLX below vendor, and for each exercise NAME the learner's package NAME and its main NAME/call.
type builder struct {
	dir      string // where it keeps everything
	goCache  string // where the go command keeps what it built
	tools    Toolchain
	jail     *jail.Jail
	progress func(string)
	forgets  bool // whether nothing of a learner stays after a check
}

// frame are the files of the module that do not depend on an exercise, by their paths with slashes.
func frame() (map[string][]byte, error) {
	files := map[string][]byte{"go.mod": pack.GoMod("exercise"), "warm/warm.go": pack.Imports("warm")}
	for from, to := range map[string]string{"_program/answer": "answer", "_program/graphs": "graphs", "wire": "wire"} {
		entries, err := fs.ReadDir(program, from)
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			content, err := program.ReadFile(from + "/" + entry.Name())
			if err != nil {
				return nil, err
			}
			files[to+"/"+entry.Name()] = content
		}
	}
	return files, nil
}

// hash tells files apart from others.
func hash(files map[string][]byte) string {
	var all []byte
	for _, name := range sortedKeys(files) {
		all = append(fmt.Appendf(all, "%s %d\n", name, len(files[name])), files[name]...)
	}
	sum := sha256.Sum256(all)
	return hex.EncodeToString(sum[:8])
}

func (b *builder) module(id string) string { return filepath.Join(b.dir, "module-"+id) }

// prepare makes the module where it is missing, and builds GoMLX once. It returns the module's directory.
func (b *builder) prepare(ctx context.Context) (string, error) {
	files, err := frame()
	if err != nil {
		return "", err
	}
	id := pack.ID() + hash(files)
	module := b.module(id)
	if err := b.rooms(); err != nil {
		return "", fmt.Errorf("making room for checks: %w; name a directory that can be written with AETUTOR_CACHE", err)
	}
	if _, err := os.Stat(module); errors.Is(err, fs.ErrNotExist) {
		if err := b.create(ctx, module, files); err != nil {
			return "", err
		}
	} else if err != nil {
		return "", err
	}
	return module, b.warm(ctx, module)
}

// rooms makes the directories that the compiler writes to.
func (b *builder) rooms() error {
	for _, dir := range []string{b.goCache, filepath.Join(b.dir, "tmp"), filepath.Join(b.dir, "bin")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	// The go command would try to start a process that gathers its telemetry, which the jail does not let it.
	mode := filepath.Join(b.dir, "home", ".config", "go", "telemetry", "mode")
	if _, err := os.Stat(mode); err == nil {
		return nil
	}
	return write(mode, []byte("off"))
}

// create writes the module beside its place and then moves it there, so that it is whole or not there.
func (b *builder) create(ctx context.Context, module string, files map[string][]byte) error {
	scratch, err := os.MkdirTemp(b.dir, "new-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(scratch) }() // It was moved away, or nobody reads it.
	for name, content := range files {
		if err := write(filepath.Join(scratch, filepath.FromSlash(name)), content); err != nil {
			return err
		}
	}
	if err := pack.Extract(ctx, scratch, b.tools.Command()); err != nil {
		return err
	}
	if err := os.Chmod(scratch, 0o755); err != nil {
		return err
	}
	if err := os.Rename(scratch, module); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// warm builds the packages that exercises import, which takes the better part of a minute the first time.
func (b *builder) warm(ctx context.Context, module string) error {
	mark := filepath.Join(b.goCache, "warm-"+filepath.Base(module)+"-"+b.tools.Version)
	isWarm := func() bool {
		_, err := os.Stat(mark)
		return err == nil
	}
	if isWarm() {
		return nil
	}
	// Two checks at a time would do the work twice, and both take longer.
	unlock, err := lock(ctx, mark+".lock")
	if err != nil {
		return err
	}
	defer unlock()
	if isWarm() {
		return nil
	}
	b.progress("Building GoMLX for the exercises. This is done once and takes up to a minute.")
	start := time.Now()
	res, err := b.build(ctx, module, warmTime, "./warm", "./graphs")
	if err != nil {
		return err
	}
	if err := warmFault(res); err != nil {
		return err
	}
	b.progress(fmt.Sprintf("Built in %.0f s.", time.Since(start).Seconds()))
	return write(mark, nil)
}

// warmFault says why GoMLX was not built. A compiler that was stopped has said nothing.
func warmFault(res jail.Result) error {
	why := string(bytes.TrimSpace(res.Stderr))
	switch {
	case res.ExitCode == 0:
		return nil
	case res.TimedOut || res.CPUExceeded:
		why = fmt.Sprintf("it took more than %v", warmTime)
	case res.OutOfMemory:
		why = "it took more memory than there is for it"
	}
	return fmt.Errorf("building GoMLX failed: %s", why)
}

// build runs go build in the module.
func (b *builder) build(ctx context.Context, module string, limit time.Duration, args ...string) (jail.Result, error) {
	return b.run(ctx, module, limit, buildArgs(args...)...)
}

// buildArgs are the arguments of go build. Without the tables for debuggers linking is a third faster; a trace of a panic
// does not need them.
func buildArgs(args ...string) []string {
	return append([]string{"build", "-mod=vendor", "-trimpath", "-buildvcs=false", "-ldflags=-s -w"}, args...)
}

// run runs the go command in the module. A learner's file is what it reads, so it is confined too.
func (b *builder) run(ctx context.Context, module string, limit time.Duration, args ...string) (jail.Result, error) {
	return b.jail.Run(ctx, jail.Command{
		Path: b.tools.Command(), Args: args, Env: b.env(), Dir: module, Limits: jail.Limits{Time: limit, CPU: 2 * limit},
		Read: []string{module}, Write: []string{b.goCache, filepath.Join(b.dir, "tmp"), filepath.Join(b.dir, "bin"), filepath.Join(b.dir, "home")},
		Exec: []string{b.tools.Root},
	})
}

// BuildAlone builds a learner's file as the go command does by itself, without the jail, and says how long that took. It
// is what a check is compared with.
func (c *Checker) BuildAlone(ctx context.Context, e Exercise, source []byte) (time.Duration, error) {
	module, err := c.builder.prepare(ctx)
	if err != nil {
		return 0, err
	}
	unlock, err := c.lock(ctx, e.Name)
	if err != nil {
		return 0, err
	}
	defer unlock()
	if err := c.builder.place(module, e, source); err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, c.builder.tools.Command(), buildArgs("-o", filepath.Join(c.builder.dir, "tmp", "alone"), "./"+e.Name+"/call")...)
	cmd.Dir, cmd.Env = module, c.builder.env()
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("go build: %w: %s", err, bytes.TrimSpace(out))
	}
	return time.Since(start), nil
}

// env lets the compiler reach nothing but what it needs.
func (b *builder) env() []string {
	return []string{
		"PATH=" + filepath.Dir(b.tools.Command()), "HOME=" + filepath.Join(b.dir, "home"), "TMPDIR=" + filepath.Join(b.dir, "tmp"),
		"GOROOT=" + b.tools.Root, "GOCACHE=" + b.goCache, "GOMODCACHE=" + filepath.Join(b.dir, "home", "mod"),
		"GOENV=off", "GOFLAGS=", "GOWORK=off", "GOPROXY=off", "GOSUMDB=off", "GOVCS=*:off", "GOTOOLCHAIN=local", "CGO_ENABLED=0",
		"GOEXPERIMENT=simd",
	}
}

// place writes the files of an exercise into the module. The learner's file is the only one of the learner.
func (b *builder) place(module string, e Exercise, source []byte) error {
	for name, content := range map[string][]byte{e.Name + ".go": ownLines(source), "call/main.go": e.call} {
		path := filepath.Join(module, e.Name, filepath.FromSlash(name))
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, content) {
			continue
		}
		if err := write(path, content); err != nil {
			return err
		}
	}
	return nil
}

// forget removes what is left of a learner's file, also of a build that was stopped. The next learner's could import it
// otherwise.
func (b *builder) forget(module, name string) error {
	return errors.Join(os.RemoveAll(filepath.Join(module, name)), os.RemoveAll(b.binary(name)), os.RemoveAll(filepath.Join(b.dir, "tmp")))
}

// forgetAll is forget for all that is in the module besides its own files.
func (b *builder) forgetAll(module string) error {
	files, err := frame()
	if err != nil {
		return err
	}
	own := map[string]bool{"vendor": true}
	for name := range files {
		first, _, _ := strings.Cut(name, "/")
		own[first] = true
	}
	entries, err := os.ReadDir(module)
	for _, entry := range entries {
		if !own[entry.Name()] {
			err = errors.Join(err, b.forget(module, entry.Name()))
		}
	}
	return err
}

func (b *builder) binary(name string) string { return filepath.Join(b.dir, "bin", name) }

func write(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}
