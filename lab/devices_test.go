package lab

import (
	"strings"
	"testing"

	"github.com/aetutor/aetutor/engine/device"
)

func TestDevicesFactsSayAll(t *testing.T) {
	d := DevicesDone{Report: device.Report{
		Backend: device.Backend{Name: "go", Reason: "always works"}, CPU: device.CPU{Model: "P", Cores: 2},
		GPUs:     []device.GPU{{Vendor: "NVIDIA", Name: "NVIDIA G", MemoryBytes: 3 << 30}, {Vendor: "AMD", Name: "R"}},
		Plugins:  []device.Plugin{{Name: "cuda", Version: "0.1", Path: "/cuda.so", Devices: []string{"GPU 0"}}},
		Problems: []device.Problem{{What: "slow", Fix: "wait"}}, Notes: []string{"one thing", "another"},
	}}
	text := d.Line()
	for _, want := range []string{
		"go: always works", "no vector instructions", "not told by the system", "NVIDIA G, 3.0 GiB", "AMD R, not used", "P, 2 cores", "cuda 0.1, /cuda.so", "\n             GPU 0\n",
		"slow. What to do: wait", "\nnote       one thing\n           another\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the facts do not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "NVIDIA NVIDIA") || strings.Count(text, "GPU  ") != 1 {
		t.Errorf("labels or vendors repeat:\n%s", text)
	}
}

func TestDevicesLooksAtThisMachine(t *testing.T) {
	var got DevicesDone
	err := devicesLab().Run(t.Context(), Env{BackendName: "go", Version: "v1"}, devicesLab().Defaults(), func(e Event) {
		got = e.(DevicesDone)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.CPU.Cores < 1 || got.Version != "v1" || got.Task != (Task{}) {
		t.Errorf("%+v", got)
	}
}
