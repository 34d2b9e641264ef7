// Package pack holds the sources of GoMLX that exercises are built from, so that no network is needed to check them.
//
// `make build` packs them into the program. A program that was built without them takes them from the module cache of the
// machine, where building it has put them.
package pack

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// files holds vendor.tar.gz where `make build` has made it.
//
//go:embed packed
var files embed.FS

// requirements is the go.mod of an exercise's module: the modules of packages() and nothing else, in the versions that
// aetutor itself is built with.
//
//go:embed requirements.mod
var requirements string

//go:embed requirements.sum
var sums string

// packages are what learners may import besides the standard library.
func packages() []string {
	return []string{
		"github.com/gomlx/compute",
		"github.com/gomlx/compute/dtypes",
		"github.com/gomlx/compute/gobackend",
		"github.com/gomlx/compute/shapes",
		"github.com/gomlx/gomlx/core/graph",
		"github.com/gomlx/gomlx/core/tensors",
		"github.com/gomlx/gomlx/ml/dataset",
		"github.com/gomlx/gomlx/ml/layers",
		"github.com/gomlx/gomlx/ml/layers/activation",
		"github.com/gomlx/gomlx/ml/layers/norm",
		"github.com/gomlx/gomlx/ml/layers/regularizer",
		"github.com/gomlx/gomlx/ml/model",
		"github.com/gomlx/gomlx/ml/model/initializer",
		"github.com/gomlx/gomlx/ml/train",
		"github.com/gomlx/gomlx/ml/train/loss",
		"github.com/gomlx/gomlx/ml/train/metric",
		"github.com/gomlx/gomlx/ml/train/optimizer",
	}
}

// GoMod is the go.mod of a module of exercises.
func GoMod(module string) []byte { return []byte("module " + module + "\n" + requirements) }

// Imports is a Go file of a package that imports all of the packages, so that they are built with it.
func Imports(name string) []byte {
	source := []byte("package " + name + "\n\n")
	for _, path := range packages() {
		source = fmt.Appendf(source, "import _ %q\n", path)
	}
	return source
}

// ID changes when the packages do.
func ID() string {
	sum := sha256.Sum256([]byte(requirements + strings.Join(packages(), " ")))
	return hex.EncodeToString(sum[:8])
}

const archive = "packed/vendor.tar.gz"

// Packed says whether the sources are part of the program.
func Packed() bool {
	_, err := fs.Stat(files, archive)
	return err == nil
}

// Extract writes the directory vendor into dir, which exists. Without a pack, goCommand is used, the path of go, to take
// the sources out of the module cache.
func Extract(ctx context.Context, dir, goCommand string) error {
	content, err := files.ReadFile(archive)
	if errors.Is(err, fs.ErrNotExist) {
		return vendor(ctx, dir, goCommand, "GOPROXY=off")
	}
	if err != nil {
		return err
	}
	return unpack(bytes.NewReader(content), dir)
}

// Make writes the pack from the module cache, which it fills where it has to.
func Make(ctx context.Context, path, goCommand string) error {
	dir, err := os.MkdirTemp("", "aetutor-pack-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // A directory of the system's temporary files that stays does no harm.
	if err := vendor(ctx, dir, goCommand); err != nil {
		return err
	}
	var content bytes.Buffer
	if err := pack(&content, dir); err != nil {
		return err
	}
	return os.WriteFile(path, content.Bytes(), 0o644)
}

// vendor lets the go command collect the packages from the module cache.
func vendor(ctx context.Context, dir, goCommand string, env ...string) error {
	scratch, err := os.MkdirTemp(dir, "vendor-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(scratch) }() // It lies within dir, whose owner removes it.
	for name, content := range map[string][]byte{
		"go.mod": GoMod("exercise"), "go.sum": []byte(sums), "packages.go": Imports("exercise"),
	} {
		if err := os.WriteFile(filepath.Join(scratch, name), content, 0o644); err != nil {
			return err
		}
	}
	cmd := exec.CommandContext(ctx, goCommand, "mod", "vendor")
	cmd.Dir = scratch
	cmd.Env = append(append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GOTOOLCHAIN=local"), env...)
	if out, err := cmd.CombinedOutput(); ctx.Err() != nil {
		return ctx.Err()
	} else if err != nil {
		return fmt.Errorf("this aetutor was built without the sources of GoMLX, and the module cache does not have them: %s; "+
			"build it with make build, which packs them", strings.TrimSpace(string(out)))
	}
	if err := prune(filepath.Join(scratch, "vendor")); err != nil {
		return err
	}
	return os.Rename(filepath.Join(scratch, "vendor"), filepath.Join(dir, "vendor"))
}

// prune removes what no build needs, but not the licences.
func prune(dir string) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name := entry.Name()
		switch filepath.Ext(name) {
		case ".go", ".s", ".h":
			return nil
		}
		for _, kept := range []string{"modules.txt", "LICENSE", "LICENCE", "COPYING", "NOTICE", "PATENTS"} {
			if strings.HasPrefix(name, kept) {
				return nil
			}
		}
		return os.Remove(path)
	})
}

// pack writes the files of dir/vendor in the order of their names and without times, so that the same files give the
// same bytes.
func pack(w io.Writer, dir string) error {
	zipped, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	tarred := tar.NewWriter(zipped)
	root := os.DirFS(dir)
	err = fs.WalkDir(root, "vendor", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		if err := tarred.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(content))}); err != nil {
			return err
		}
		_, err = tarred.Write(content)
		return err
	})
	return errors.Join(err, tarred.Close(), zipped.Close())
}

func unpack(r io.Reader, dir string) error {
	zipped, err := gzip.NewReader(r)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }() // Nothing is written through it that closing could lose.
	tarred := tar.NewReader(zipped)
	for {
		header, err := tarred.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		content, err := io.ReadAll(tarred)
		if err != nil {
			return err
		}
		if err := root.MkdirAll(filepath.Dir(filepath.FromSlash(header.Name)), 0o755); err != nil {
			return err
		}
		if err := root.WriteFile(filepath.FromSlash(header.Name), content, 0o644); err != nil {
			return err
		}
	}
}
