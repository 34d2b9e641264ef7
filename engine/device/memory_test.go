package device

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func TestMemoryIsWhatLinuxSays(t *testing.T) {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		t.Fatal(err)
	}
	var kilobytes uint64
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "MemTotal:") {
			if _, err := fmt.Sscanf(line, "MemTotal: %d kB", &kilobytes); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := memory(t.Context(), fstest.MapFS{}); got != kilobytes*1024 {
		t.Errorf("%d bytes, /proc/meminfo says %d kB", got, kilobytes)
	}
	limited := fstest.MapFS{
		"proc/self/cgroup":         {Data: []byte("0::/\n")},
		"sys/fs/cgroup/memory.max": {Data: []byte("1048576\n")},
	}
	if got := memory(t.Context(), limited); got != 1<<20 {
		t.Errorf("%d bytes in a group limited to 1 MiB", got)
	}
}

func TestGroupLimit(t *testing.T) {
	const groups, top = "proc/self/cgroup", "sys/fs/cgroup/"
	for name, c := range map[string]struct {
		root map[string]string
		want uint64
		ok   bool
	}{
		"no groups":      {nil, 0, false},
		"version 2":      {map[string]string{groups: "0::/a/b\n", top + "a/b/memory.max": "300\n"}, 300, true},
		"in a container": {map[string]string{groups: "0::/outside/only\n", top + "memory.max": "100\n"}, 100, true},
		"unlimited":      {map[string]string{groups: "0::/a\n", top + "a/memory.max": "max\n"}, 0, false},
		"garbage": {map[string]string{
			groups: "\x00\n::\nno colons\n0::/a\n", top + "a/memory.max": "lots",
		}, 0, false},
		"a path that climbs": {map[string]string{groups: "0::/../../a\n", top + "a/memory.max": "7"}, 7, true},
		"a group around": {map[string]string{
			groups: "0::/a/b\n", top + "a/b/memory.max": "300\n", top + "a/memory.max": "200\n",
		}, 200, true},
		"version 1": {map[string]string{
			groups:                                       "5:cpu,cpuacct:/x\n4:hugetlb,memory:/c\n0::/\n",
			top + "memory/c/memory.limit_in_bytes":       "500\n",
			top + "memory/memory.limit_in_bytes":         "9223372036854771712\n",
			top + "cpu,cpuacct/x/memory.limit_in_bytes":  "1\n",
			top + "memory/other/memory.limit_in_bytes":   "2\n",
			top + "memory/c/below/memory.limit_in_bytes": "3\n",
		}, 500, true},
	} {
		if got, ok := groupLimit(files(c.root)); got != c.want || ok != c.ok {
			t.Errorf("%s: %d, %v, want %d, %v", name, got, ok, c.want, c.ok)
		}
	}
}

func TestReadUint(t *testing.T) {
	root := fstest.MapFS{"a": {Data: []byte(" 0x1002\n")}, "b": {Data: []byte("18446744073709551615")}, "c": {Data: []byte("-1")}}
	if n, err := readUint(root, "a"); n != 0x1002 || err != nil {
		t.Errorf("%x, %v", n, err)
	}
	if n, err := readUint(root, "b"); n != math.MaxUint64 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if _, err := readUint(root, "c"); err == nil {
		t.Error("-1 was read")
	}
}
