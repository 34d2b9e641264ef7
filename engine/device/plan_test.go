package device

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCUDAVariant(t *testing.T) {
	nvidia := func(driver, capability string) []GPU {
		return []GPU{{Vendor: "AMD"}, {Vendor: "NVIDIA", Driver: driver, ComputeCapability: capability}}
	}
	for name, c := range map[string]struct {
		gpus    []GPU
		want    string
		warning bool
	}{
		"new":              {nvidia("580.65.06", "8.0"), "cuda13", false},
		"third minor part": {nvidia("580.105.08", "8.0"), "cuda13", false},
		"just too old":     {nvidia("580.65.05", "8.0"), "cuda12", false},
		"old driver":       {nvidia("570.86", "8.0"), "cuda12", false},
		"oldest for 12":    {nvidia("525.60.13", "8.0"), "cuda12", false},
		"too old for 12":   {nvidia("525.60.11", "8.0"), "cuda12", true},
		"old GPU":          {nvidia("590.1", "6.1"), "cuda12", false},
		"oldest for 13":    {nvidia("580.65.06", "7.5"), "cuda13", false},
		"unknown":          {nvidia("580.65.06", ""), "cuda13", false},
		"no driver":        {nvidia("", ""), "cuda13", true},
		"no GPU":           {nil, "cuda13", true},
		"only another GPU": {[]GPU{{Vendor: "AMD", Driver: "amdgpu"}}, "cuda13", true},
		"one old of two":   {append(nvidia("580.95.05", "9.0"), nvidia("580.95.05", "7.0")...), "cuda12", false},
	} {
		got, warning := cudaVariant(c.gpus)
		if got != c.want || (warning != "") != c.warning {
			t.Errorf("%s: %s, warning %q", name, got, warning)
		}
	}
}

func TestPlanInstall(t *testing.T) {
	if _, err := PlanInstall("rocm", nil); !errors.Is(err, ErrUnknownPlugin) || !strings.Contains(err.Error(), "cuda or cpu") {
		t.Errorf("error %v", err)
	}
	home := t.TempDir()
	t.Setenv("HOME", home)
	for _, name := range []string{"cuda", "cpu"} {
		p, err := PlanInstall(name, nil)
		if !hasCgo || name == "cuda" && !cudaExists {
			if err == nil {
				t.Errorf("%s: a plan for a plugin that this program cannot use", name)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if p.Plugin != name || !strings.HasPrefix(p.Dir, home) || filepath.Base(p.Dir) != "go-xla" || p.Free == 0 {
			t.Errorf("%s: plan %+v", name, p)
		}
		if strings.Contains(p.What+p.Size, "://") || p.What == "" || p.Size == "" {
			t.Errorf("%s: what %q, size %q", name, p.What, p.Size)
		}
		if left, err := os.ReadDir(home); err != nil || len(left) != 0 {
			t.Errorf("%s: planning made %v, %v", name, left, err)
		}
	}
	t.Setenv("HOME", "")
	if _, err := PlanInstall("cpu", nil); err == nil {
		t.Error("a plan without a home directory")
	}
}
