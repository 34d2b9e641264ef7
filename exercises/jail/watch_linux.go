package jail

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// watchEvery is how often the watch looks: seldom enough to cost nothing to speak of, often enough for memory, which
// fills at some gigabytes in a second.
const watchEvery = 5 * time.Millisecond

// watch ends the program when it takes too much, until done.
func (r *run) watch(done <-chan struct{}) {
	ticker := time.NewTicker(watchEvery)
	defer ticker.Stop()
	for {
		r.look()
		select {
		case <-done:
			return
		case <-ticker.C:
		}
	}
}

func (r *run) look() {
	family := processes(r.cmd.Process.Pid, nil)
	var memory, written int64
	tasks := 0
	for _, pid := range family {
		s := readStatus(pid)
		memory, tasks = memory+s.resident, tasks+s.threads
		written += readWritten(pid)
		r.peak = max(r.peak, s.peak)
	}
	r.peak = max(r.peak, memory)
	switch {
	case memory > r.Limits.Memory:
		r.stop(overMemory)
	case written > r.Limits.Written:
		r.stop(overWritten)
	case tasks > r.Limits.Processes:
		r.stop(overProcesses)
	}
}

// processes are a process and what descends from it. Who loses its parent becomes a child of the first process of its
// namespace, so none is missed where there is one.
func processes(pid int, found []int) []int {
	found = append(found, pid)
	lists, err := filepath.Glob("/proc/" + strconv.Itoa(pid) + "/task/*/children")
	if err != nil {
		return found
	}
	for _, list := range lists {
		children, err := os.ReadFile(list)
		if err != nil {
			continue // It ended meanwhile.
		}
		for _, word := range bytes.Fields(children) {
			if child, err := strconv.Atoi(string(word)); err == nil {
				found = processes(child, found)
			}
		}
	}
	return found
}

// status is what /proc tells of a process: bytes in use now and at most, and its threads. One that ended has none.
type status struct {
	resident, peak int64
	threads        int
}

func readStatus(pid int) status {
	var s status
	for key, value := range fields("/proc/" + strconv.Itoa(pid) + "/status") {
		switch key {
		case "VmRSS":
			s.resident = value << 10
		case "VmHWM":
			s.peak = value << 10
		case "Threads":
			s.threads = int(value)
		}
	}
	return s
}

// readWritten is how many bytes a process, and those of its children that have ended, have written by calls or by way
// of memory.
func readWritten(pid int) int64 {
	var called, stored int64
	for key, value := range fields("/proc/" + strconv.Itoa(pid) + "/io") {
		switch key {
		case "wchar":
			called = value
		case "write_bytes":
			stored = value
		}
	}
	return max(called, stored)
}

// fields reads the lines of a file in /proc that have a name, a colon and a number.
func fields(path string) map[string]int64 {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil // The process ended meanwhile.
	}
	found := map[string]int64{}
	for line := range bytes.Lines(text) {
		key, rest, ok := bytes.Cut(line, []byte(":"))
		words := bytes.Fields(rest)
		if !ok || len(words) == 0 {
			continue
		}
		if value, err := strconv.ParseInt(string(words[0]), 10, 64); err == nil {
			found[string(key)] = value
		}
	}
	return found
}
