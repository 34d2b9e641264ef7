package device

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestAppleGPUs(t *testing.T) {
	const listed = `{"SPDisplaysDataType": [
		{"_name": "Apple M1", "spdisplays_vendor": "sppci_vendor_Apple", "sppci_cores": "8", "sppci_model": "Apple M1"},
		{"_name": "kHW_AMDRadeonPro5500MItem", "spdisplays_vendor": "sppci_vendor_amd", "spdisplays_vram": "4 GB",
		 "sppci_model": "AMD Radeon Pro 5500M"},
		{"spdisplays_vendor": "Intel", "spdisplays_vram": "1536 MB", "sppci_model": "Intel UHD Graphics 630"},
		{"spdisplays_vendor": "sppci_vendor_Parallels", "spdisplays_vram": "some", "sppci_model": "Parallels Display"},
		{"_name": "a display without a GPU"}]}`
	var asked []string
	gpus, notes := appleGPUs(t.Context(), func(_ context.Context, name string, args ...string) ([]byte, error) {
		asked = append([]string{name}, args...)
		return []byte(listed), nil
	})
	want := []GPU{
		{Vendor: "Apple", Name: "Apple M1"},
		{Vendor: "AMD", Name: "AMD Radeon Pro 5500M", MemoryBytes: 4 << 30},
		{Vendor: "Intel", Name: "Intel UHD Graphics 630", MemoryBytes: 1536 << 20},
		{Vendor: "Parallels", Name: "Parallels Display"},
	}
	if !slices.Equal(gpus, want) || len(notes) != 0 {
		t.Errorf("GPUs %+v, notes %q", gpus, notes)
	}
	if strings.Join(asked, " ") != "system_profiler SPDisplaysDataType -json" {
		t.Errorf("asked %q", asked)
	}
}

func TestAppleGPUsThatAreNotTold(t *testing.T) {
	for _, c := range []struct {
		out string
		err error
	}{{"", errors.New("executable file not found")}, {"not JSON", nil}} {
		gpus, notes := appleGPUs(t.Context(), func(context.Context, string, ...string) ([]byte, error) {
			return []byte(c.out), c.err
		})
		if len(gpus) != 0 || len(notes) != 1 || !strings.Contains(notes[0], "system_profiler") {
			t.Errorf("%+v: GPUs %+v, notes %q", c, gpus, notes)
		}
	}
}

func TestRunCommand(t *testing.T) {
	if out, err := runCommand(t.Context(), "go", "env", "GOOS"); err != nil || len(out) == 0 {
		t.Errorf("%q, %v", out, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := runCommand(ctx, "go", "env", "GOOS"); err == nil {
		t.Error("ran after its context had ended")
	}
}
