package device

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// command runs a program and returns what it prints on standard output.
type command func(ctx context.Context, name string, args ...string) ([]byte, error)

func runCommand(ctx context.Context, name string, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.WaitDelay = time.Second
	return cmd.Output()
}

// appleGPUs are the GPUs that macOS's system_profiler lists, or a note why it lists none: no backend computes on them.
func appleGPUs(ctx context.Context, run command) ([]GPU, []string) {
	out, err := run(ctx, "system_profiler", "SPDisplaysDataType", "-json")
	var listed struct {
		Displays []struct {
			Model  string `json:"sppci_model"`
			Vendor string `json:"spdisplays_vendor"` // as "sppci_vendor_Apple"
			Memory string `json:"spdisplays_vram"`   // as "4 GB"; a GPU that shares the processor's memory has none
		} `json:"SPDisplaysDataType"`
	}
	if err == nil {
		err = json.Unmarshal(out, &listed)
	}
	if err != nil {
		return nil, []string{fmt.Sprintf("macOS does not tell which GPUs there are, of which none could be used: "+
			"system_profiler SPDisplaysDataType -json: %v", err)}
	}
	var gpus []GPU
	for _, d := range listed.Displays {
		if d.Model != "" {
			gpus = append(gpus, GPU{Vendor: appleVendorName(d.Vendor), Name: d.Model, MemoryBytes: appleMemory(d.Memory)})
		}
	}
	return gpus, nil
}

func appleVendorName(s string) string {
	for _, vendor := range []string{appleVendor, amdVendor, intelVendor, nvidiaVendor} {
		if strings.Contains(strings.ToLower(s), strings.ToLower(vendor)) {
			return vendor
		}
	}
	return strings.TrimPrefix(s, "sppci_vendor_")
}

// appleMemory reads "1536 MB" or "4 GB" in bytes. It is 0 for anything else.
func appleMemory(s string) uint64 {
	number, unit, _ := strings.Cut(s, " ")
	n, err := strconv.ParseUint(number, 10, 32)
	shift, known := map[string]uint{"MB": 20, "GB": 30}[unit]
	if err != nil || !known {
		return 0
	}
	return n << shift
}
