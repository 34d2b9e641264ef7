package device

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// fine are the facts of a machine without problems.
func fine() facts {
	return facts{
		goos: "linux", goarch: "amd64", goVersion: "go1.27.3-X:simd", simd: true, cgo: true,
		cpu: CPU{Cores: 4, Features: []string{"avx", "avx2"}}, procs: 4,
		backend: Backend{Name: "go", Reason: "chosen by name"},
		driver:  nvidia{Failure: &Problem{What: "libnvidia-ml.so.1 is not found", Fix: "install it"}},
	}
}

func TestProblems(t *testing.T) {
	a100 := GPU{Vendor: "NVIDIA", Name: "A100"}
	onBus := GPU{Vendor: "NVIDIA", Name: "GA100"}
	cuda := Plugin{Name: "cuda", Path: "/p/cuda.so"}
	working := func(f *facts) { f.driver = nvidia{GPUs: []GPU{a100}}; f.seen = []GPU{onBus} }
	for name, c := range map[string]struct {
		change func(*facts)
		what   string // part of the only problem, "" for none
		fix    string
	}{
		"fine":                         {func(*facts) {}, "", ""},
		"other vendors need no driver": {func(f *facts) { f.seen = []GPU{{Vendor: "AMD"}, {Vendor: "Intel"}} }, "", ""},
		"no simd": {func(f *facts) { f.simd, f.goVersion = false, "go1.27.3" }, "GOEXPERIMENT=simd",
			"GOTOOLCHAIN=go1.27.3 GOEXPERIMENT=simd go build -o aetutor ."},
		"no simd with another experiment": {func(f *facts) { f.simd, f.goVersion = false, "go1.28 X:greenteagc" }, "GOEXPERIMENT=simd",
			"GOTOOLCHAIN=go1.28 GOEXPERIMENT=simd go"},
		"no AVX2":        {func(f *facts) { f.cpu.Features = []string{"avx"} }, "no AVX2", "--install cpu"},
		"no simd on ARM": {func(f *facts) { f.goarch, f.simd = "arm64", false }, "", ""},
		"no AVX2 on ARM": {func(f *facts) { f.goarch, f.cpu.Features = "arm64", []string{"neon"} }, "", ""},
		"one core":       {func(f *facts) { f.cpu.Cores, f.procs = 1, 1 }, "1 processor core only", "more cores"},
		"GOMAXPROCS": {func(f *facts) { f.procs, f.procsSetting = 1, "1" }, "1 of 4",
			"unset the environment variable GOMAXPROCS, which is 1"},
		"a CPU limit":                      {func(f *facts) { f.procs = 2 }, "2 of 4", "CPU limit"},
		"GOMAXPROCS above the cores":       {func(f *facts) { f.procs, f.procsSetting = 8, "8" }, "", ""},
		"no cgo and nothing that needs it": {func(f *facts) { f.cgo = false; f.seen = []GPU{{Vendor: "AMD"}} }, "", ""},
		"no cgo with plugins": {func(f *facts) {
			f.cgo = false
			f.broken = []brokenPlugin{{cuda, errors.New("no cgo")}, {Plugin{Name: "x", Path: "/x.so"}, errors.New("no cgo")}}
		}, "without cgo, so it cannot load PJRT plugins: /p/cuda.so, /x.so", "CGO_ENABLED=1"},
		"no cgo and no AVX2": {func(f *facts) { f.cgo, f.cpu.Features = false, nil }, "no AVX2",
			"CGO_ENABLED=1, then try XLA"},
		"no cgo with a GPU": {func(f *facts) {
			f.cgo, f.seen, f.driver.Failure = false, []GPU{onBus}, &Problem{What: "no cgo", Fix: withCgo}
		}, "GA100 cannot be used: no cgo", "CGO_ENABLED=1"},
		"a backend": {func(f *facts) {
			f.backend, f.backendFailed = Backend{Name: "xla:cpu", Reason: "does not open: no plugin"}, true
		}, "the backend xla:cpu does not open: no plugin", "--backend go"},
		"a GPU without a driver": {func(f *facts) { f.seen = []GPU{onBus} },
			"NVIDIA GPU GA100 cannot be used: libnvidia-ml.so.1 is not found", "install it"},
		"a GPU without a plugin": {working, "A100 is not used, because there is no CUDA plugin",
			"aetutor doctor --install cuda"},
		"a GPU with a plugin": {func(f *facts) { working(f); f.plugins = []Plugin{cuda} }, "", ""},
		"a GPU with the CPU's plugin": {func(f *facts) { working(f); f.plugins = []Plugin{{Name: "cpu"}} },
			"no CUDA plugin", "--install cuda"},
		"a GPU without a plugin for it": {func(f *facts) { working(f); f.goarch = "arm64" }, "no CUDA plugin",
			"linux/amd64 only, this is linux/arm64"},
		"a GPU whose plugin does not load": {func(f *facts) { working(f); f.broken = []brokenPlugin{{cuda, errors.New("no libcudart")}} },
			"/p/cuda.so does not work: no libcudart", "--install cuda"},
		"an unknown plugin": {func(f *facts) { f.broken = []brokenPlugin{{Plugin{Name: "x", Path: "/x.so"}, errors.New("bad")}} },
			"/x.so", "PJRT_PLUGIN_LIBRARY_PATH"},
		"one GPU of two lost": {func(f *facts) { working(f); f.driver.Failure = &Problem{What: "lost", Fix: "restart"} },
			"cannot be used: lost", "restart"},
	} {
		f := fine()
		c.change(&f)
		got := f.problems()
		switch {
		case c.what == "" && len(got) == 0:
		case len(got) != 1, c.what == "", !strings.Contains(got[0].What, c.what), !strings.Contains(got[0].Fix, c.fix):
			t.Errorf("%s: %+v, want %q and %q", name, got, c.what, c.fix)
		}
	}
}

func TestABinaryWithoutCgoIsNotedWhereNothingNeedsIt(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*facts)
		noted  bool
	}{
		"with cgo":           {func(*facts) {}, false},
		"without":            {func(f *facts) { f.cgo = false }, true},
		"with another GPU":   {func(f *facts) { f.cgo, f.seen = false, []GPU{{Vendor: "AMD"}} }, true},
		"with an NVIDIA GPU": {func(f *facts) { f.cgo, f.seen = false, []GPU{{Vendor: "NVIDIA"}} }, false},
		"with a plugin":      {func(f *facts) { f.cgo, f.broken = false, []brokenPlugin{{}} }, false},
	} {
		f := fine()
		c.change(&f)
		if got := f.notes(); len(got) > 1 || (len(got) == 1) != c.noted {
			t.Errorf("%s: noted %q", name, got)
		}
	}
}

func TestABackendThatFailsBecauseOfAPlugin(t *testing.T) {
	f := fine()
	f.backendFailed = true
	f.broken = []brokenPlugin{{Plugin{Name: "x"}, errors.New("bad")}}
	if got := f.problems(); len(got) != 2 || !strings.Contains(got[0].Fix, "below") {
		t.Errorf("%+v", got)
	}
}

func TestTheDriverKnowsItsGPUsBest(t *testing.T) {
	amd, onBus, told := GPU{Vendor: "AMD"}, GPU{Vendor: "NVIDIA", Name: "GA100"}, GPU{Vendor: "NVIDIA", Name: "A100"}
	f := facts{seen: []GPU{amd, onBus}}
	if got := f.gpus(); !slices.Equal(got, []GPU{amd, onBus}) {
		t.Errorf("without a driver: %+v", got)
	}
	f.driver.GPUs = []GPU{told}
	if got := f.gpus(); !slices.Equal(got, []GPU{told, amd}) {
		t.Errorf("with a driver: %+v", got)
	}
}
