package device

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
)

func lookup(variables map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, found := variables[name]
		return value, found
	}
}

func TestPluginDirs(t *testing.T) {
	loader := fstest.MapFS{
		"etc/ld.so.conf":                {Data: []byte("# comment\ninclude /etc/ld.so.conf.d/*.conf\n\n/opt/lib\n")},
		"etc/ld.so.conf.d/a.conf":       {Data: []byte("/usr/lib/a\n")},
		"etc/ld.so.conf.d/endless.conf": {Data: []byte("include /etc/ld.so.conf.d/endless.conf\n")},
	}
	for name, c := range map[string]struct {
		goos, home string
		variables  map[string]string
		want       []string
	}{
		"a variable counts alone": {"linux", "/home/a", map[string]string{"PJRT_PLUGIN_LIBRARY_PATH": ":/x::/y:"},
			[]string{"/x", "/y"}},
		"an empty variable too": {"linux", "/home/a", map[string]string{"PJRT_PLUGIN_LIBRARY_PATH": ""}, nil},
		"linux": {"linux", "/home/a", map[string]string{"LD_LIBRARY_PATH": "/l:relative:"}, []string{
			"/home/a/.local/lib/go-xla", "/home/a/.local/lib/go-xla/nvidia", "/home/a/.local/lib/gomlx/pjrt",
			"/usr/local/lib/go-xla", "/usr/local/lib/go-xla/nvidia", "/usr/local/lib/gomlx/pjrt", "/l", "/usr/lib/a", "/opt/lib"}},
		"macOS without a home": {"darwin", "", map[string]string{"DYLD_LIBRARY_PATH": "/d", "LD_LIBRARY_PATH": "/l"},
			[]string{"/usr/local/lib/go-xla", "/usr/local/lib/gomlx/pjrt", "/d", "/l"}},
		"macOS": {"darwin", "/Users/a", nil, []string{"/Users/a/Library/Application Support/go-xla",
			"/Users/a/Library/Application Support/GoMLX/PJRT", "/usr/local/lib/go-xla", "/usr/local/lib/gomlx/pjrt"}},
		"windows": {"windows", "/a", nil, []string{"/a/AppData/Local/go-xla"}},
		"others":  {"plan9", "/a", nil, nil},
	} {
		if got := pluginDirs(c.goos, loader, c.home, lookup(c.variables)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestFindPlugins(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	for _, path := range []string{
		filepath.Join(first, "pjrt_c_api_cuda_plugin.so"), filepath.Join(second, "pjrt_c_api_cuda_plugin.so"),
		filepath.Join(first, "pjrt_c_api_cpu_v0.114.0_plugin.so"), filepath.Join(second, "pjrt-plugin-metal.dylib"),
		filepath.Join(second, "libpjrt_c_api_x_plugin.so"), filepath.Join(second, "pjrt_c_api_x_plugin.so.lock"),
	} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("pjrt_c_api_cpu_v0.114.0_plugin.so", filepath.Join(first, "pjrt_c_api_cpu_plugin.so")); err != nil {
		t.Fatal(err)
	}
	// A link to nothing is found as well: that it does not load is worth a line.
	if err := os.Symlink("gone.so", filepath.Join(first, "pjrt_c_api_rocm_plugin.so")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PJRT_PLUGIN_LIBRARY_PATH", first+":"+filepath.Join(first, "none")+":"+second)
	var got []string
	for _, p := range findPlugins("linux", fstest.MapFS{}) {
		got = append(got, p.Name+" "+p.Path)
		if p.Devices == nil {
			t.Errorf("%s has null devices", p.Name)
		}
	}
	want := []string{
		"cpu " + filepath.Join(first, "pjrt_c_api_cpu_plugin.so"),
		"cuda " + filepath.Join(first, "pjrt_c_api_cuda_plugin.so"),
		"metal " + filepath.Join(second, "pjrt-plugin-metal.dylib"),
		"rocm " + filepath.Join(first, "pjrt_c_api_rocm_plugin.so"),
	}
	if !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}
