package device

import (
	"bufio"
	"io/fs"
	"path"
	"runtime"
	"strings"

	"github.com/klauspost/cpuid/v2"
)

// CPU is the processor as this program sees it.
type CPU struct {
	Model string `json:"model"`
	// Cores are the logical processors that the program may use.
	Cores int `json:"cores"`
	// Features are the vector instructions that matter for matrix products, by their names in /proc/cpuinfo, and neon.
	Features []string `json:"features"`
	// Physical are the machine's physical cores, 0 where it does not tell. Two logical processors of one core share its
	// vector units, so they gain little for matrix products.
	Physical int `json:"-"`
}

func inspectCPU(root fs.FS) CPU {
	c := CPU{Model: strings.TrimSpace(cpuid.CPU.BrandName), Cores: runtime.NumCPU(), Features: []string{}}
	if c.Model == "" {
		c.Model = modelName(root)
	}
	for _, f := range []struct {
		id   cpuid.FeatureID
		name string
	}{
		{cpuid.AVX, "avx"}, {cpuid.AVX2, "avx2"}, {cpuid.FMA3, "fma"}, {cpuid.F16C, "f16c"},
		{cpuid.AVX512F, "avx512f"}, {cpuid.AVX512BW, "avx512bw"}, {cpuid.AVX512CD, "avx512cd"},
		{cpuid.AVX512DQ, "avx512dq"}, {cpuid.AVX512VL, "avx512vl"}, {cpuid.AVX512BF16, "avx512_bf16"},
		{cpuid.AVX512VNNI, "avx512_vnni"}, {cpuid.AMXTILE, "amx_tile"}, {cpuid.AMXBF16, "amx_bf16"},
		{cpuid.ASIMD, "neon"}, {cpuid.SVE, "sve"}, {cpuid.SVE2, "sve2"},
	} {
		if cpuid.CPU.Supports(f.id) {
			c.Features = append(c.Features, f.name)
		}
	}
	if c.Physical = physicalCores(root); c.Physical == 0 {
		c.Physical = cpuid.CPU.PhysicalCores
	}
	return c
}

// modelName is for processors that do not know their own name, as most of ARM's.
func modelName(root fs.FS) string {
	if f, err := root.Open("proc/cpuinfo"); err == nil {
		defer func() { _ = f.Close() }() // It was only read.
		for lines := bufio.NewScanner(f); lines.Scan(); {
			key, value, _ := strings.Cut(lines.Text(), ":")
			switch strings.TrimSpace(key) {
			case "model name", "Model", "Hardware":
				return strings.TrimSpace(value)
			}
		}
	}
	return "unnamed " + runtime.GOARCH + " processor"
}

// physicalCores counts the sets of logical processors that share a core, by Linux's sysfs. It is 0 elsewhere.
func physicalCores(root fs.FS) int {
	for _, list := range []string{"core_cpus_list", "thread_siblings_list"} {
		files, err := fs.Glob(root, path.Join("sys/devices/system/cpu/cpu[0-9]*/topology", list))
		if err != nil || len(files) == 0 {
			continue
		}
		cores := map[string]bool{}
		for _, file := range files {
			if siblings, err := fs.ReadFile(root, file); err == nil {
				cores[strings.TrimSpace(string(siblings))] = true
			}
		}
		return len(cores)
	}
	return 0
}
