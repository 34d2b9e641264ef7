package device

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// cpuinfo is what Linux says of the processors, key by key in their order.
func cpuinfo(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		t.Fatal(err)
	}
	told := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		key, value, _ := strings.Cut(line, ":")
		told[strings.TrimSpace(key)] = append(told[strings.TrimSpace(key)], strings.TrimSpace(value))
	}
	return told
}

func TestCPUIsWhatLinuxSays(t *testing.T) {
	told, c := cpuinfo(t), inspectCPU(os.DirFS("/"))
	if c.Cores > len(told["processor"]) {
		t.Errorf("%d cores, /proc/cpuinfo has %d", c.Cores, len(told["processor"]))
	}
	if names := told["model name"]; len(names) > 0 && c.Model != names[0] {
		t.Errorf("model %q, /proc/cpuinfo says %q", c.Model, names[0])
	}
	cores := map[string]bool{}
	for i, id := range told["core id"] {
		cores[told["physical id"][i]+"/"+id] = true
	}
	if len(cores) > 0 && c.Physical != len(cores) {
		t.Errorf("%d physical cores, /proc/cpuinfo has %d", c.Physical, len(cores))
	}
	flags := strings.Fields(strings.Join(append(told["flags"], told["Features"]...), " "))
	for _, name := range []string{"avx", "avx2", "fma", "f16c", "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl",
		"avx512_bf16", "avx512_vnni", "amx_tile", "amx_bf16", "neon", "sve", "sve2"} {
		linux := strings.ReplaceAll(name, "neon", "asimd")
		if slices.Contains(c.Features, name) != slices.Contains(flags, linux) {
			t.Errorf("%s: found %v, /proc/cpuinfo lists it %v", name, slices.Contains(c.Features, name),
				slices.Contains(flags, linux))
		}
	}
}

func TestModelNameOfProcessorsThatDoNotKnowTheirs(t *testing.T) {
	for want, text := range map[string]string{
		"Raspberry Pi 4 Model B Rev 1.4": "processor\t: 0\nBogoMIPS\t: 108\n\nModel\t\t: Raspberry Pi 4 Model B Rev 1.4\n",
		"Some CPU":                       "model name\t: Some CPU\n",
		"unnamed":                        "garbage",
	} {
		got := modelName(fstest.MapFS{"proc/cpuinfo": {Data: []byte(text)}})
		if !strings.HasPrefix(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := modelName(fstest.MapFS{}); !strings.HasPrefix(got, "unnamed ") {
		t.Errorf("%q without /proc", got)
	}
}

func TestPhysicalCores(t *testing.T) {
	topology := func(list string, siblings ...string) fstest.MapFS {
		root := fstest.MapFS{}
		for i, s := range siblings {
			root["sys/devices/system/cpu/cpu"+string(rune('0'+i))+"/topology/"+list] = &fstest.MapFile{Data: []byte(s + "\n")}
		}
		return root
	}
	for name, c := range map[string]struct {
		root fstest.MapFS
		want int
	}{
		"two threads a core": {topology("core_cpus_list", "0,2", "1,3", "0,2", "1,3"), 2},
		"older kernel":       {topology("thread_siblings_list", "0", "1", "2"), 3},
		"not Linux":          {fstest.MapFS{}, 0},
	} {
		if got := physicalCores(c.root); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
