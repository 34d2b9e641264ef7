//go:build cgo && linux

package device

import (
	"errors"
	"fmt"

	"github.com/NVIDIA/go-nvml/pkg/nvml"
)

func askDriver() nvidia { return readNVML(nvml.New()) }

// readNVML asks the driver for its GPUs. NVML is the library of nvidia-smi; it comes with the driver.
func readNVML(lib nvml.Interface) nvidia {
	if r := lib.Init(); r != nvml.SUCCESS {
		return nvidia{Failure: driverProblem(r)}
	}
	defer func() { _ = lib.Shutdown() }() // The process ends soon anyway.
	// A driver without a version still computes.
	version, _ := lib.SystemGetDriverVersion()
	count, r := lib.DeviceGetCount()
	if r != nvml.SUCCESS {
		return nvidia{Failure: driverProblem(r)}
	}
	answer := nvidia{GPUs: []GPU{}}
	for i := range count {
		gpu, err := nvmlGPU(lib, i)
		if err != nil {
			var r nvml.Return
			errors.As(err, &r)
			answer.Failure = driverProblem(r)
			continue
		}
		gpu.Driver = version
		answer.GPUs = append(answer.GPUs, gpu)
	}
	if count == 0 {
		answer.Failure = driverProblem(nvml.ERROR_GPU_NOT_FOUND)
	}
	return answer
}

func nvmlGPU(lib nvml.Interface, i int) (GPU, error) {
	d, r := lib.DeviceGetHandleByIndex(i)
	if r != nvml.SUCCESS {
		return GPU{}, r
	}
	name, r := d.GetName()
	if r != nvml.SUCCESS {
		return GPU{}, r
	}
	gpu := GPU{Vendor: nvidiaVendor, Name: name}
	// GPUs that share the processor's memory tell none.
	if memory, r := d.GetMemoryInfo(); r == nvml.SUCCESS {
		gpu.MemoryBytes = memory.Total
	}
	if major, minor, r := d.GetCudaComputeCapability(); r == nvml.SUCCESS {
		gpu.ComputeCapability = fmt.Sprintf("%d.%d", major, minor)
	}
	return gpu, nil
}

// driverProblem explains an answer of the driver that is not success.
func driverProblem(r nvml.Return) *Problem {
	p := Problem{What: fmt.Sprintf("NVIDIA's driver says %v", r),
		Fix: "run nvidia-smi; it says what is wrong with the driver"}
	switch r {
	case nvml.ERROR_LIBRARY_NOT_FOUND:
		p.What = "NVIDIA's driver library libnvidia-ml.so.1 is not found"
		p.Fix = "install NVIDIA's driver with the system's packages (nvidia-driver on Debian) and restart the machine; " +
			"in a container, start it with the GPU, as docker run --gpus all"
	case nvml.ERROR_DRIVER_NOT_LOADED:
		p.What = "NVIDIA's driver is installed, but the kernel has not loaded it"
		p.Fix = "load it with sudo modprobe nvidia or restart the machine"
	case nvml.ERROR_LIB_RM_VERSION_MISMATCH:
		p.What = "NVIDIA's driver library and kernel module are of different versions, as after an update"
		p.Fix = "restart the machine"
	case nvml.ERROR_NO_PERMISSION:
		p.What = "NVIDIA's driver does not let this user in"
		p.Fix = "let this user read and write /dev/nvidia*"
	case nvml.ERROR_GPU_IS_LOST:
		p.What = "NVIDIA's driver has lost the GPU"
		p.Fix = "restart the machine"
	default: // nvidia-smi explains the others better than could be done here.
	}
	return &p
}
