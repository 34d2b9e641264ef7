package device

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// tree lists the files below a directory with what they hold, links with their targets.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		switch {
		case entry.IsDir():
			found = append(found, name+"/")
		case entry.Type() == fs.ModeSymlink:
			target, err := os.Readlink(path)
			found = append(found, name+" -> "+target)
			return err
		default:
			text, err := os.ReadFile(path)
			found = append(found, name+": "+string(text))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// write makes files with their directories.
func write(t *testing.T, dir string, texts map[string]string) {
	t.Helper()
	for name, text := range texts {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
}

// cudaLike installs as go-xla's CUDA installer does: a directory, a link by a whole path within it, and a link beside.
func cudaLike(t *testing.T) Installer {
	t.Helper()
	return func(_ context.Context, dir, temp string) error {
		write(t, temp, map[string]string{"go-xla_nvidia-cublas_13.0.whl.1.tar.gz": "wheel"})
		write(t, dir, map[string]string{
			"nvidia/pjrt_c_api_cuda_plugin.so": "new", "nvidia/cu13/bin/ptxas": "tool", "nvidia/bin/x": "x",
		})
		return errors.Join(os.Symlink(filepath.Join(dir, "nvidia/cu13/bin/ptxas"), filepath.Join(dir, "nvidia/bin/ptxas")),
			os.Symlink("/outside", filepath.Join(dir, "nvidia/outside")),
			os.Symlink("./go-xla/nvidia/cu13/lib", filepath.Join(dir, "../libcublas.so.13")))
	}
}

func nothing(Progress) {}

func TestInstall(t *testing.T) {
	lib := t.TempDir()
	write(t, lib, map[string]string{
		"go-xla/nvidia/pjrt_c_api_cuda_plugin.so": "old", "go-xla/nvidia/old.so": "old",
		"go-xla/pjrt_c_api_cpu_plugin.so": "cpu", "other/x": "x", "libcublas.so.13": "old",
	})
	plan := Plan{Plugin: "cuda", Dir: filepath.Join(lib, "go-xla")}
	if err := Install(t.Context(), plan, cudaLike(t), nothing); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"go-xla/", "go-xla/nvidia/", "go-xla/nvidia/bin/", "go-xla/nvidia/bin/ptxas -> ../cu13/bin/ptxas",
		"go-xla/nvidia/bin/x: x",
		"go-xla/nvidia/cu13/", "go-xla/nvidia/cu13/bin/", "go-xla/nvidia/cu13/bin/ptxas: tool",
		"go-xla/nvidia/outside -> /outside", "go-xla/nvidia/pjrt_c_api_cuda_plugin.so: new",
		"go-xla/pjrt_c_api_cpu_plugin.so: cpu", "libcublas.so.13 -> ./go-xla/nvidia/cu13/lib", "other/", "other/x: x",
	}
	if got := tree(t, lib); !slices.Equal(got, want) {
		t.Errorf("installed\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestAFailedInstallLeavesAllAsItWas(t *testing.T) {
	refused := errors.New("no connection")
	for name, put := range map[string]func(ctx context.Context, cancel func(), dir, temp string) error{
		"fails half-way": func(ctx context.Context, _ func(), dir, temp string) error {
			return errors.Join(cudaLike(t)(ctx, dir, temp), refused)
		},
		"interrupted": func(ctx context.Context, cancel func(), dir, temp string) error {
			cancel()
			return cudaLike(t)(ctx, dir, temp)
		},
		"empty": func(context.Context, func(), string, string) error { return nil },
		"only beside": func(_ context.Context, _ func(), dir, _ string) error {
			return os.Symlink("nowhere", filepath.Join(dir, "../libcublas.so.13"))
		},
	} {
		for _, existed := range []bool{true, false} {
			root := t.TempDir()
			lib := filepath.Join(root, "home", "lib")
			if existed {
				write(t, lib, map[string]string{"go-xla/nvidia/pjrt_c_api_cuda_plugin.so": "old", "libcublas.so.13": "old"})
			}
			before := tree(t, root)
			ctx, cancel := context.WithCancel(t.Context())
			err := Install(ctx, Plan{Plugin: "cuda", Dir: filepath.Join(lib, "go-xla")},
				func(ctx context.Context, dir, temp string) error { return put(ctx, cancel, dir, temp) }, nothing)
			cancel()
			if err == nil {
				t.Errorf("%s: no error", name)
			}
			if got := tree(t, root); !slices.Equal(got, before) {
				t.Errorf("%s: left %q, before %q", name, got, before)
			}
		}
	}
}

func TestMoveTakesBackWhatItMoved(t *testing.T) {
	root := t.TempDir()
	staged, lib := filepath.Join(root, "staged"), filepath.Join(root, "lib")
	write(t, staged, map[string]string{"go-xla/a": "new", "go-xla/b": "new", "beside": "new"})
	write(t, lib, map[string]string{"go-xla/a": "old", "beside": "old", "go-xla/b/x": "old"})
	// The old b cannot be put aside, because something lies where it would go.
	replaced := filepath.Join(root, "replaced")
	write(t, replaced, map[string]string{"go-xla/b": "in the way"})
	before := tree(t, root)
	if err := move(staged, lib, "go-xla", replaced); err == nil {
		t.Fatal("moved")
	}
	if got := tree(t, root); !slices.Equal(got, before) {
		t.Errorf("left\n%s\nbefore\n%s", strings.Join(got, "\n"), strings.Join(before, "\n"))
	}
}

func TestTwoInstallationsAtOnce(t *testing.T) {
	lib := t.TempDir()
	plan := Plan{Plugin: "cpu", Dir: filepath.Join(lib, "go-xla")}
	var inner error
	err := Install(t.Context(), plan, func(ctx context.Context, dir, temp string) error {
		inner = Install(ctx, plan, cudaLike(t), nothing)
		return cudaLike(t)(ctx, dir, temp)
	}, nothing)
	if err != nil || inner == nil || !strings.Contains(inner.Error(), ".aetutor-install") {
		t.Errorf("the first says %v, the second %v", err, inner)
	}
}

func TestInstallWhereNothingMayBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, filepath.Dir(file), map[string]string{"file": ""})
	err := Install(t.Context(), Plan{Plugin: "cpu", Dir: filepath.Join(file, "lib", "go-xla")}, cudaLike(t), nothing)
	if err == nil || !strings.HasPrefix(err.Error(), "installing the plugin cpu: ") {
		t.Errorf("error %v", err)
	}
}

func TestInstallTellsItsProgress(t *testing.T) {
	lib := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		var told []Progress
		put := func(_ context.Context, dir, temp string) error {
			write(t, temp, map[string]string{"go-xla_nvidia-cublas_13.0.2.14.whl.88.tar.gz": "123"})
			time.Sleep(600 * time.Millisecond)
			write(t, dir, map[string]string{"lib.so": "12345"})
			if err := os.Remove(filepath.Join(temp, "go-xla_nvidia-cublas_13.0.2.14.whl.88.tar.gz")); err != nil {
				return err
			}
			time.Sleep(600 * time.Millisecond)
			return nil
		}
		err := Install(t.Context(), Plan{Dir: filepath.Join(lib, "go-xla")}, put, func(p Progress) { told = append(told, p) })
		want := []Progress{{File: "nvidia-cublas 13.0.2.14", Bytes: 3}, {Bytes: 5}}
		if err != nil || !slices.Equal(told, want) {
			t.Errorf("told %+v, %v; want %+v", told, err, want)
		}
	})
}

func TestDownloadName(t *testing.T) {
	for file, want := range map[string]string{
		"go-xla_jax-cuda13-pjrt_0.8.1.whl.123.tar.gz":         "jax-cuda13-pjrt 0.8.1",
		"v0.114.0_pjrt_cpu_linux_amd64.tar.gz.1234567.tar.gz": "v0.114.0 pjrt cpu linux amd64",
		"v0.114.0_pjrt_cpu_windows_amd64.zip.1.tar.gz":        "v0.114.0 pjrt cpu windows amd64",
		"x": "x",
	} {
		if got := downloadName(file); got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
}

func TestDownloader(t *testing.T) {
	lib := t.TempDir()
	plan := Plan{Plugin: "cuda", Dir: filepath.Join(lib, "go-xla"), request: "cuda13"}
	if err := Install(t.Context(), plan, Downloader(self(t, "child-install"), plan), nothing); err != nil {
		t.Fatal(err)
	}
	want := []string{"go-xla/", "go-xla/pjrt_c_api_cuda13_plugin.so: install cuda13 temp"}
	if got := tree(t, lib); !slices.Equal(got, want) {
		t.Errorf("installed %q, want %q", got, want)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	before := tree(t, lib)
	if err := Install(ctx, plan, Downloader(self(t, "child-hang"), plan), nothing); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if got := tree(t, lib); !slices.Equal(got, before) {
		t.Errorf("left %q, before %q", got, before)
	}
}
