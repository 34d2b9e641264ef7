//go:build cgo

package engine

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestBrokenPluginIsSurvived runs itself again, because go-xla reads its search path when the program starts.
func TestBrokenPluginIsSurvived(t *testing.T) {
	if os.Getenv("BROKEN_PLUGIN") == "" {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "pjrt_c_api_cpu_plugin.so"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestBrokenPluginIsSurvived$")
		cmd.Env = append(os.Environ(), "BROKEN_PLUGIN=1", "PJRT_PLUGIN_LIBRARY_PATH="+dir)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	b, err := Open("auto")
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if b.Name() != "go" || !strings.Contains(b.Reason(), "PJRT plugins cannot be listed") {
		t.Errorf("auto took %s: %s", b.Name(), b.Reason())
	}
	if _, err := Open("xla:cpu"); err == nil || !strings.Contains(err.Error(), "the backend go always works") {
		t.Errorf("xla:cpu: %v", err)
	}
}
