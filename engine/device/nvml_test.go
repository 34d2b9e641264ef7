//go:build cgo && linux

package device

import (
	"slices"
	"strings"
	"testing"

	"github.com/NVIDIA/go-nvml/pkg/nvml"
	"github.com/NVIDIA/go-nvml/pkg/nvml/mock"
	"github.com/NVIDIA/go-nvml/pkg/nvml/mock/dgxa100"
)

// NVIDIA's own model of a DGX A100 is the oracle.
func TestADriverWithEightGPUs(t *testing.T) {
	server := dgxa100.New()
	got := readNVML(server)
	want := GPU{
		Vendor: "NVIDIA", Name: "Mock NVIDIA A100-SXM4-40GB", MemoryBytes: 40 << 30, Driver: server.DriverVersion,
		ComputeCapability: "8.0",
	}
	if got.Failure != nil || !slices.Equal(got.GPUs, slices.Repeat([]GPU{want}, 8)) {
		t.Errorf("GPUs %+v, failure %+v; want 8 of %+v", got.GPUs, got.Failure, want)
	}
}

// driver is a driver with n GPUs of which those in lost do not answer.
func driver(n int, lost ...int) *mock.Interface {
	return &mock.Interface{
		InitFunc:                   func() nvml.Return { return nvml.SUCCESS },
		ShutdownFunc:               func() nvml.Return { return nvml.SUCCESS },
		SystemGetDriverVersionFunc: func() (string, nvml.Return) { return "", nvml.ERROR_UNKNOWN },
		DeviceGetCountFunc:         func() (int, nvml.Return) { return n, nvml.SUCCESS },
		DeviceGetHandleByIndexFunc: func(i int) (nvml.Device, nvml.Return) {
			if slices.Contains(lost, i) {
				return nil, nvml.ERROR_GPU_IS_LOST
			}
			return &mock.Device{
				GetNameFunc:                  func() (string, nvml.Return) { return "Orin", nvml.SUCCESS },
				GetMemoryInfoFunc:            func() (nvml.Memory, nvml.Return) { return nvml.Memory{}, nvml.ERROR_NOT_SUPPORTED },
				GetCudaComputeCapabilityFunc: func() (int, int, nvml.Return) { return 0, 0, nvml.ERROR_NOT_SUPPORTED },
			}, nvml.SUCCESS
		},
	}
}

func TestADriverThatTellsLittle(t *testing.T) {
	got := readNVML(driver(1))
	if want := []GPU{{Vendor: "NVIDIA", Name: "Orin"}}; got.Failure != nil || !slices.Equal(got.GPUs, want) {
		t.Errorf("%+v", got)
	}
	if got := readNVML(driver(3, 1)); len(got.GPUs) != 2 || got.Failure == nil || !strings.Contains(got.Failure.What, "lost") {
		t.Errorf("one of three lost: %+v", got)
	}
	if got := readNVML(driver(0)); len(got.GPUs) != 0 || got.Failure == nil {
		t.Errorf("no GPU: %+v", got)
	}
}

func TestADriverThatFails(t *testing.T) {
	for code, want := range map[nvml.Return]string{
		nvml.ERROR_LIBRARY_NOT_FOUND:       "install NVIDIA's driver",
		nvml.ERROR_DRIVER_NOT_LOADED:       "modprobe",
		nvml.ERROR_LIB_RM_VERSION_MISMATCH: "restart",
		nvml.ERROR_NO_PERMISSION:           "/dev/nvidia",
		nvml.ERROR_UNKNOWN:                 "nvidia-smi",
	} {
		got := readNVML(&mock.Interface{InitFunc: func() nvml.Return { return code }})
		if len(got.GPUs) != 0 || got.Failure == nil || got.Failure.What == "" || !strings.Contains(got.Failure.Fix, want) {
			t.Errorf("%v: %+v", code, got.Failure)
		}
	}
	broken := driver(1)
	broken.DeviceGetCountFunc = func() (int, nvml.Return) { return 0, nvml.ERROR_UNKNOWN }
	if got := readNVML(broken); got.Failure == nil || len(broken.ShutdownCalls()) != 1 {
		t.Errorf("%+v, shut down %d times", got, len(broken.ShutdownCalls()))
	}
}
