//go:build cgo && linux

package device

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// buildPlugin compiles testdata/plugin.c against go-xla's copy of the PJRT interface, which is the oracle for how a
// plugin answers. cgo needs the compiler as well.
func buildPlugin(t *testing.T) (dir, path string) {
	t.Helper()
	module, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/gomlx/go-xla").Output()
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	path = filepath.Join(dir, "pjrt_c_api_fake_plugin.so")
	out, err := exec.CommandContext(t.Context(), cmp.Or(os.Getenv("CC"), "cc"), "-shared", "-fPIC",
		"-I", filepath.Join(strings.TrimSpace(string(module)), "pjrt"), "-o", path, "testdata/plugin.c").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir, path
}

func TestPluginsAreProbed(t *testing.T) {
	dir, path := buildPlugin(t)
	for _, mode := range []string{"", "noise"} {
		t.Setenv("FAKE_PLUGIN", mode)
		r := inspectHere(t, dir)
		if told := about(path, r.Problems); len(r.Plugins) != 1 || len(told) != 0 {
			t.Fatalf("%q: plugins %+v, problems %q", mode, r.Plugins, told)
		}
		p := r.Plugins[0]
		if p.Name != "fake" || p.Path != path || p.Version != "3.14, fake 7" ||
			!slices.Equal(p.Devices, []string{"fake device 0", "fake device 1"}) {
			t.Errorf("%q: plugin %+v", mode, p)
		}
	}
}

func TestPluginsThatMisbehave(t *testing.T) {
	dir, path := buildPlugin(t)
	t.Setenv("PJRT_PLUGIN_LIBRARY_PATH", dir)
	for mode, want := range map[string]string{
		"abort": "check failed: no driver",
		"error": "finds no device: PJRT error (code=5): no such hardware",
		"none":  "finds no device",
		"empty": "GetPjrtApi returns nothing",
	} {
		t.Setenv("FAKE_PLUGIN", mode)
		r, err := Inspect(t.Context(), Options{Backend: "auto", SIMD: true, Child: self(t, "child-answer")})
		if err != nil {
			t.Fatal(err)
		}
		if told := about(path, r.Problems); len(r.Plugins) != 0 || len(told) != 1 || !strings.Contains(told[0], want) {
			t.Errorf("%s: plugins %+v, problems %q, want %q", mode, r.Plugins, told, want)
		}
	}
}

func TestAPluginThatHangs(t *testing.T) {
	_, path := buildPlugin(t)
	t.Setenv("FAKE_PLUGIN", "hang")
	c := child{command: self(t, "child-answer"), patience: time.Second}
	if err := c.ask(t.Context(), nil, askPlugin, path); err == nil || err.Error() != "no answer within 1s" {
		t.Errorf("error %v", err)
	}
}

func TestTheLoadersReasonIsTold(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pjrt_c_api_cpu_plugin.so")
	if err := os.WriteFile(path, []byte("no library"), 0o600); err != nil {
		t.Fatal(err)
	}
	if told := about(path, inspectHere(t, dir).Problems); len(told) != 1 || !strings.Contains(told[0], "file too short") {
		t.Errorf("problems %q", told)
	}
}
