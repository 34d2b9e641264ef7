package engine

import (
	"runtime"
	"strings"
	"testing"
)

func TestOpenSaysWhatThereIs(t *testing.T) {
	if _, err := Open("tpu"); err == nil || !strings.Contains(err.Error(), `unknown backend: "tpu"; choose one of auto, go, xla:cpu, xla:cuda`) {
		t.Errorf("Open(tpu): %v", err)
	}
}

func TestAutoSaysWhy(t *testing.T) {
	t.Setenv("PJRT_PLUGIN_LIBRARY_PATH", t.TempDir())
	b, err := Open("auto")
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if b.Name() == "go" && !strings.Contains(b.Reason(), "so the Go backend computes") {
		t.Errorf("auto took go and says %q", b.Reason())
	}
	if b.Name() == "go" && SIMD == strings.Contains(b.Reason(), withoutSIMD(runtime.GOARCH)) {
		t.Errorf("with SIMD %v the reason is %q", SIMD, b.Reason())
	}
}

func TestMissingKernelsAreExplained(t *testing.T) {
	if said := withoutSIMD("amd64"); !strings.Contains(said, "GOEXPERIMENT=simd") {
		t.Errorf("on amd64, where a build can have them: %q", said)
	}
	if said := withoutSIMD("arm64"); strings.Contains(said, "GOEXPERIMENT") || !strings.Contains(said, "arm64") {
		t.Errorf("on arm64, where no build has them: %q", said)
	}
}

func TestMissingPluginIsAnError(t *testing.T) {
	for _, name := range []string{"xla:cpu", "xla:cuda"} {
		b, err := Open(name)
		if err == nil { // This machine has the plugin.
			b.Close()
			continue
		}
		if !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "the backend go always works") {
			t.Errorf("Open(%s): %v", name, err)
		}
	}
}
