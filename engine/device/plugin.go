package device

import (
	"bufio"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Plugin is a PJRT plugin: a shared library through which XLA computes on one kind of device.
type Plugin struct {
	Name    string   `json:"name"`    // as "cuda"
	Path    string   `json:"path"`    // absolute
	Version string   `json:"version"` // of the PJRT interface that it speaks, then of its platform where it tells one
	Devices []string `json:"devices"` // a line for each device that it computes on
}

// isCUDA says whether the plugin computes on NVIDIA's GPUs.
func (p Plugin) isCUDA() bool { return strings.Contains(strings.ToLower(p.Name), "cuda") }

// findPlugins lists the files that go-xla would take for plugins, without their versions and devices, sorted by name.
// Of two with one name the first found counts, as for go-xla; a second name for the same file is left out.
//
// go-xla's own search (pjrt.AvailablePlugins, v0.4.13) is not asked: it loads every file and panics on one that does
// not load.
func findPlugins(goos string, root fs.FS) []Plugin {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "" // Then only the system's directories are left.
	}
	named := regexp.MustCompile(`^(?:pjrt_c_api_(.+)_plugin|pjrt[-_]plugin[-_](.+))\.(?:so|dylib|dll)$`)
	var found []Plugin
	for _, dir := range pluginDirs(goos, root, home, os.LookupEnv) {
		// A directory that is not there or cannot be read has no plugins; ReadDir sorts by name.
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue
		}
		for _, entry := range entries {
			match := named.FindStringSubmatch(entry.Name())
			if match == nil {
				continue
			}
			path, err := filepath.Abs(filepath.Join(dir, entry.Name()))
			if err == nil {
				found = append(found, Plugin{Name: match[1] + match[2], Path: path, Devices: []string{}})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Plugin) int { return strings.Compare(a.Name, b.Name) })
	found = slices.CompactFunc(found, func(a, b Plugin) bool { return a.Name == b.Name })
	return withoutLinks(found)
}

// withoutLinks leaves out a plugin whose file was listed before under another name. The sorting puts "cpu", the link,
// before "cpu_v0.114.0".
func withoutLinks(plugins []Plugin) []Plugin {
	var kept []Plugin
	var files []fs.FileInfo
	for _, p := range plugins {
		file, err := os.Stat(p.Path)
		if err == nil {
			if slices.ContainsFunc(files, func(f fs.FileInfo) bool { return os.SameFile(f, file) }) {
				continue
			}
			files = append(files, file)
		}
		kept = append(kept, p)
	}
	return kept
}

// pluginDirs are the directories in which go-xla v0.4.13 searches for plugins, in its order.
func pluginDirs(goos string, root fs.FS, home string, lookup func(string) (string, bool)) []string {
	if paths, found := lookup("PJRT_PLUGIN_LIBRARY_PATH"); found {
		return slices.DeleteFunc(strings.Split(paths, ":"), func(dir string) bool { return dir == "" })
	}
	var dirs []string
	inHome := func(names ...string) {
		if home != "" {
			dirs = append(dirs, filepath.Join(append([]string{home}, names...)...))
		}
	}
	inVariable := func(name string) {
		paths, _ := lookup(name)
		for _, dir := range strings.Split(paths, string(os.PathListSeparator)) {
			if filepath.IsAbs(dir) {
				dirs = append(dirs, dir)
			}
		}
	}
	switch goos {
	case "linux":
		inHome(".local", "lib", "go-xla")
		inHome(".local", "lib", "go-xla", "nvidia")
		inHome(".local", "lib", "gomlx", "pjrt")
		dirs = append(dirs, "/usr/local/lib/go-xla", "/usr/local/lib/go-xla/nvidia", "/usr/local/lib/gomlx/pjrt")
		inVariable("LD_LIBRARY_PATH")
		dirs = append(dirs, loaderDirs(root, "etc/ld.so.conf", 0)...)
	case "darwin":
		inHome("Library", "Application Support", "go-xla")
		inHome("Library", "Application Support", "GoMLX", "PJRT")
		dirs = append(dirs, "/usr/local/lib/go-xla", "/usr/local/lib/gomlx/pjrt")
		inVariable("DYLD_LIBRARY_PATH")
		inVariable("LD_LIBRARY_PATH")
	case "windows":
		inHome("AppData", "Local", "go-xla")
	}
	return dirs
}

// loaderDirs are the directories of Linux's dynamic loader, from its configuration file and those that it includes. A
// file that includes itself would never end, so depth is bounded.
func loaderDirs(root fs.FS, file string, depth int) []string {
	f, err := root.Open(file)
	if err != nil || depth > 8 {
		return nil
	}
	defer func() { _ = f.Close() }() // It was only read.
	var dirs []string
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		pattern, include := strings.CutPrefix(line, "include ")
		switch {
		case line == "" || line[0] == '#':
		case include:
			files, err := fs.Glob(root, strings.TrimPrefix(strings.TrimSpace(pattern), "/"))
			if err != nil {
				continue
			}
			for _, name := range files {
				dirs = append(dirs, loaderDirs(root, name, depth+1)...)
			}
		default:
			dirs = append(dirs, line)
		}
	}
	return dirs
}
