package device

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// inspectHere inspects this machine with a directory of plugins and nothing else in it.
func inspectHere(t *testing.T, plugins string) Report {
	t.Helper()
	t.Setenv("PJRT_PLUGIN_LIBRARY_PATH", plugins)
	r, err := Inspect(t.Context(), Options{
		Version: "v1.2.3", SIMD: true, Backend: "auto", Child: self(t, "child-answer"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// about are the problems that name a file, of all that the machine of the test may have.
func about(path string, problems []Problem) []string {
	var told []string
	for _, p := range problems {
		if strings.Contains(p.What, path) {
			told = append(told, p.What+" | "+p.Fix)
		}
	}
	return told
}

func TestInspectThisMachine(t *testing.T) {
	r := inspectHere(t, t.TempDir())
	if r.Version != "v1.2.3" || r.Go != runtime.Version() || !r.SIMD {
		t.Errorf("version %q, Go %q, SIMD %v", r.Version, r.Go, r.SIMD)
	}
	if r.Backend != (Backend{Name: "go", Reason: "chosen as auto"}) {
		t.Errorf("backend %+v", r.Backend)
	}
	if r.CPU.Cores != runtime.NumCPU() {
		t.Errorf("%d cores, the runtime says %d", r.CPU.Cores, runtime.NumCPU())
	}
	if r.MemoryBytes == 0 {
		t.Error("no memory")
	}
}

func TestReportHasItsKeys(t *testing.T) {
	r := inspectHere(t, t.TempDir())
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	// The keys are what scripts read, so they are spelled out here once more.
	for at, want := range map[string][]string{
		"":        {"backend", "cpu", "go", "gpus", "memory_bytes", "notes", "pjrt", "problems", "simd", "version"},
		"backend": {"name", "reason"},
		"cpu":     {"cores", "features", "model"},
	} {
		object := map[string]any{}
		if err := json.Unmarshal(text, &object); err != nil {
			t.Fatal(err)
		}
		if at != "" {
			object = object[at].(map[string]any)
		}
		var keys []string
		for key, value := range object {
			keys = append(keys, key)
			if value == nil {
				t.Errorf("%s is null", key)
			}
		}
		if slices.Sort(keys); !slices.Equal(keys, want) {
			t.Errorf("keys of %q are %q, want %q", at, keys, want)
		}
	}
	problem, err := json.Marshal(Problem{What: "w", Fix: "f"})
	if err != nil || string(problem) != `{"what":"w","fix":"f"}` {
		t.Errorf("a problem is %s, %v", problem, err)
	}
}

func TestABrokenPluginIsAProblem(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pjrt_c_api_cpu_plugin.so")
	if err := os.WriteFile(path, []byte("this is no library"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := inspectHere(t, dir)
	if len(r.Plugins) != 0 {
		t.Errorf("plugins %+v", r.Plugins)
	}
	remedy := map[bool]string{true: "--install cpu", false: withCgo}[hasCgo]
	if told := about(path, r.Problems); len(told) != 1 || !strings.Contains(told[0], remedy) {
		t.Errorf("problems %+v do not name %s", r.Problems, path)
	}
}

func TestABackendThatFailsIsAProblem(t *testing.T) {
	t.Setenv("PJRT_PLUGIN_LIBRARY_PATH", t.TempDir())
	for _, mode := range []string{"child-answer", "child-crash"} {
		r, err := Inspect(t.Context(), Options{Backend: "fails", Child: self(t, mode)})
		if err != nil {
			t.Fatal(err)
		}
		p := r.Problems[0]
		if r.Backend.Name != "fails" || !strings.Contains(p.What, r.Backend.Reason) || !strings.Contains(p.Fix, "--backend go") {
			t.Errorf("%s: backend %+v, problem %+v", mode, r.Backend, p)
		}
		if mode == "child-answer" && r.Backend.Reason != "does not open: out of memory" {
			t.Errorf("reason %q", r.Backend.Reason)
		}
	}
}

func TestInspectObeysItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Inspect(ctx, Options{Child: self(t, "child-hang")}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
