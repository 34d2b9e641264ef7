package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/device"
	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/exercises/jail"
)

// workstation is a machine with something of everything.
func workstation() device.Report {
	return device.Report{
		Version: "v1.0.0", Go: "go1.27.3", SIMD: true,
		Backend:     device.Backend{Name: "xla:cuda", Reason: "a CUDA plugin and a device were found"},
		CPU:         device.CPU{Model: "Some CPU", Cores: 16, Physical: 8, Features: []string{"avx2", "fma"}},
		MemoryBytes: 32 << 30,
		GPUs: []device.GPU{
			{Vendor: "NVIDIA", Name: "NVIDIA RTX A2000", MemoryBytes: 6 << 30, Driver: "580.65.06", ComputeCapability: "8.6"},
			{Vendor: "Intel", Name: "8086:9a49", Driver: "i915"},
		},
		Plugins:  []device.Plugin{{Name: "cuda", Path: "/lib/cuda.so", Version: "0.72", Devices: []string{"device 0", "device 1"}}},
		Problems: []device.Problem{{What: "something is slow", Fix: "make it fast"}, {What: "more", Fix: "less"}},
		Notes:    []string{},
	}
}

// bare is a machine with nothing, without a problem.
func bare() device.Report {
	return device.Report{
		Version: "devel", Go: "go1.27.3", Backend: device.Backend{Name: "go", Reason: "chosen by name"},
		CPU:  device.CPU{Model: "Some CPU", Cores: 1, Features: []string{}},
		GPUs: []device.GPU{}, Plugins: []device.Plugin{}, Problems: []device.Problem{}, Notes: []string{},
	}
}

// visit runs the command with a doctor that sees r and downloads with put.
func visit(t *testing.T, d doctor, r device.Report, args ...string) (out string, seen device.Options, err error) {
	t.Helper()
	d.inspect = func(ctx context.Context, o device.Options) (device.Report, error) {
		seen = o
		return r, ctx.Err()
	}
	d.confine = halfConfined
	if d.compiler == nil {
		d.compiler = compiler
	}
	if d.terminal == nil {
		d.terminal = func() bool { return false }
	}
	backend := "auto"
	cmd := doctorCommand(d, &backend)
	var b bytes.Buffer
	cmd.SetOut(&b)
	cmd.SetErr(io.Discard)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	if d.in != nil {
		cmd.SetIn(d.in)
	}
	cmd.SetArgs(args)
	err = cmd.ExecuteContext(t.Context())
	return b.String(), seen, err
}

// compiler is a machine that has a Go.
func compiler(context.Context) (exercises.Toolchain, error) {
	return exercises.Toolchain{Root: "/usr/local/go", Version: "go1.27.3"}, nil
}

// halfConfined is a machine that lacks a protection.
func halfConfined(context.Context) ([]jail.Protection, error) {
	return []jail.Protection{{Name: "walls", On: true, Note: "version 3"}, {Name: "roof", Note: "no beams", Fix: "Buy beams."},
		{Name: "loft", Note: "no roof", Fix: "Buy beams."}}, nil
}

func TestDoctorTellsAPerson(t *testing.T) {
	out, seen, err := visit(t, doctor{}, workstation())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"\nbackend    xla:cuda: a CUDA plugin and a device were found\n",
		"\nprocessor  Some CPU, 16 cores to compute on, 8 physical in the machine\n           avx2 fma\nmemory     32.0 GiB\n",
		"\nGPU        NVIDIA RTX A2000, 6.0 GiB, driver 580.65.06, compute capability 8.6\n" +
			"           Intel 8086:9a49, driver i915, not used: no backend here computes on it\n",
		"\nPJRT       cuda 0.72, /lib/cuda.so\n             device 0\n             device 1\n",
		"\nexercises  compiled with go1.27.3, /usr/local/go\n",
		"\njail       on   walls: version 3\n           off  roof: no beams\n           off  loft: no roof\n                What to do: Buy beams.\n",
		"\n\n2 problems:\n 1. something is slow\n    What to do: make it fast\n 2. more\n    What to do: less\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the report lacks %q:\n%s", want, out)
		}
	}
	if !strings.HasPrefix(out, "aetutor    v1.0.0, go1.27.3, ") {
		t.Errorf("the report begins %q", out[:40])
	}
	if seen.Backend != "auto" || seen.SIMD != engine.SIMD || !slices.Equal(seen.Child[1:], []string{"doctor", "probe"}) {
		t.Errorf("inspected with %+v", seen)
	}
}

func TestDoctorOnABareMachine(t *testing.T) {
	out, _, err := visit(t, doctor{}, bare())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		", no vector kernels\n", "Some CPU, 1 core\n           no vector instructions", "\nmemory     not told", "\nGPU        none found\n",
		"\nPJRT       no plugin", "\n\nNo problems.\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the report lacks %q:\n%s", want, out)
		}
	}
	for line := range strings.Lines(out) {
		if strings.TrimRight(line, " \n") != strings.TrimRight(line, "\n") {
			t.Errorf("%q ends in a space", line)
		}
	}
}

func TestDoctorWithoutACompiler(t *testing.T) {
	none := func(context.Context) (exercises.Toolchain, error) {
		return exercises.Toolchain{}, fmt.Errorf("/usr/bin/go is go1.22.1: %w", exercises.ErrNoToolchain)
	}
	out, _, err := visit(t, doctor{compiler: none}, bare())
	want := "\nexercises  not checked here: /usr/bin/go is go1.22.1: checking an exercise needs Go 1.27 or later; get it"
	if err != nil || !strings.Contains(out, want) || !strings.Contains(out, "\n\nNo problems.\n") {
		t.Errorf("error %v, printed\n%s", err, out)
	}
}

func TestDoctorJSON(t *testing.T) {
	noted := bare()
	noted.Notes = []string{"so it is"}
	for _, r := range []device.Report{workstation(), bare(), noted} {
		out, _, err := visit(t, doctor{}, r, "--json")
		if err != nil {
			t.Fatal(err)
		}
		var got doctorReport
		decoder := json.NewDecoder(strings.NewReader(out))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&got); err != nil {
			t.Fatal(err)
		}
		if decoder.More() || !strings.HasPrefix(out, "{\n  \"version\"") || strings.Contains(out, "null") {
			t.Errorf("printed %s", out)
		}
		if got.Backend != r.Backend || !slices.Equal(got.Problems, r.Problems) || !slices.Equal(got.GPUs, r.GPUs) ||
			!slices.Equal(got.Notes, r.Notes) || got.Toolchain != (toolchainFact{Version: "go1.27.3", Root: "/usr/local/go"}) {
			t.Errorf("printed %+v, want %+v", got, r)
		}
		want := []jailFact{{"walls", true, "version 3", ""}, {"roof", false, "no beams", "Buy beams."}, {"loft", false, "no roof", "Buy beams."}}
		if !slices.Equal(got.Jail, want) {
			t.Errorf("printed the jail %+v, want %+v", got.Jail, want)
		}
	}
}

func TestDoctorWhoCannotLookIntoTheJail(t *testing.T) {
	d := doctor{confine: func(context.Context) ([]jail.Protection, error) { return nil, errors.New("no door") }}
	if got := d.jail(t.Context()); !slices.Equal(got, []jailFact{{Name: "jail", Note: "no door"}}) {
		t.Errorf("told %+v", got)
	}
}

// The program itself, with a plugin that is no library: that ends nothing and prints nothing but the report.
func TestDoctorOnThisMachine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pjrt_c_api_cuda_plugin.so")
	if err := os.WriteFile(path, []byte("no library"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PJRT_PLUGIN_LIBRARY_PATH", filepath.Dir(path))
	cmd := exec.CommandContext(t.Context(), "aetutor", "doctor", "--json", "--backend", "go")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil || stderr.Len() > 0 {
		t.Fatalf("%v, standard error %q", err, stderr.String())
	}
	var r doctorReport
	if err := json.Unmarshal(stdout.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	named := slices.ContainsFunc(r.Problems, func(p device.Problem) bool {
		return strings.Contains(p.What, path) && strings.Contains(p.Fix, "aetutor doctor --install cuda")
	})
	if r.Backend.Name != "go" || r.CPU.Cores < 1 || r.MemoryBytes == 0 || !named || len(r.Jail) < 3 ||
		!strings.HasPrefix(r.Toolchain.Version, "go1.") {
		t.Errorf("printed %s", stdout.String())
	}
}

func TestDoctorMistakesInTheCall(t *testing.T) {
	for want, args := range map[string][]string{
		`unknown plugin: "rocm"`:  {"--install", "rocm"},
		`unknown plugin: ""`:      {"--install", "", "--yes"},
		"cannot be joined":        {"--install", "cpu", "--json"},
		"name a plugin":           {"--yes"},
		`unknown command "twice"`: {"twice"},
	} {
		_, _, err := visit(t, doctor{}, bare(), args...)
		if exitCode(err) != 2 || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, exit code %d; want %s", args, err, exitCode(err), want)
		}
	}
}

// fakeDownload writes a plugin's file and then does what the test wants.
func fakeDownload(then func() error) func([]string, device.Plan) device.Installer {
	return func([]string, device.Plan) device.Installer {
		return func(_ context.Context, dir, _ string) error {
			err := errors.Join(os.MkdirAll(dir, 0o755), os.WriteFile(filepath.Join(dir, "pjrt_c_api_cpu_plugin.so"), nil, 0o600))
			return errors.Join(err, then())
		}
	}
}

func TestDoctorInstalls(t *testing.T) {
	if _, planned := device.PlanInstall("cpu", nil); planned != nil {
		// A program without cgo, or on a system without plugins, says so and does nothing.
		if _, _, err := visit(t, doctor{}, bare(), "--install", "cpu", "--yes"); exitCode(err) != 1 || err.Error() != planned.Error() {
			t.Errorf("error %v, want %v", err, planned)
		}
		return
	}
	yes, no := func() bool { return true }, func() bool { return false }
	fine := func() error { return nil }
	broken := func() error { return errors.New("the connection broke") }
	for name, c := range map[string]struct {
		args      []string
		terminal  func() bool
		answer    string
		then      func() error
		exit      int
		installed bool
		out       string
	}{
		"yes by flag":          {[]string{"--yes"}, no, "", fine, 0, true, "Installed in "},
		"yes by answer":        {nil, yes, "y\n", fine, 0, true, "[y/N] "},
		"yes in full":          {nil, yes, " Yes \n", fine, 0, true, "[y/N] "},
		"no":                   {nil, yes, "n\n", fine, 0, false, "Nothing was downloaded."},
		"nothing said":         {nil, yes, "\n", fine, 0, false, "Nothing was downloaded."},
		"the end of the input": {nil, yes, "", fine, 0, false, "Nothing was downloaded."},
		"no terminal":          {nil, no, "y\n", fine, 2, false, "To be downloaded: "},
		"a failure":            {[]string{"--yes"}, yes, "", broken, 1, false, "Directory: "},
	} {
		home := t.TempDir()
		t.Setenv("HOME", home)
		d := doctor{download: fakeDownload(c.then), terminal: c.terminal, in: strings.NewReader(c.answer)}
		out, _, err := visit(t, d, bare(), append([]string{"--install", "cpu"}, c.args...)...)
		if exitCode(err) != c.exit || !strings.Contains(out, c.out) {
			t.Errorf("%s: error %v, printed %q; want exit code %d and %q", name, err, out, c.exit, c.out)
		}
		// What would be downloaded is always said before anything is.
		if !strings.HasPrefix(out, "To be downloaded: ") || !strings.Contains(out, home) || !strings.Contains(out, "gomlx/pjrt-cpu-binaries") {
			t.Errorf("%s: printed %q", name, out)
		}
		found, err := filepath.Glob(filepath.Join(home, "*", "*", "go-xla", "*"))
		if err != nil || (len(found) == 1) != c.installed {
			t.Errorf("%s: installed %q, %v", name, found, err)
		}
		if left, err := os.ReadDir(home); err != nil || !c.installed && len(left) != 0 {
			t.Errorf("%s: left %v, %v", name, left, err)
		}
		if c.installed && !strings.Contains(out, "\nbackend    go: ") {
			t.Errorf("%s: the report after it is missing: %q", name, out)
		}
	}
}

func TestDoctorInterruptedAtTheQuestion(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	in, _ := io.Pipe()
	d := doctor{in: in, out: io.Discard, terminal: func() bool { return true }}
	if agreed, err := d.ask(ctx); agreed || exitCode(err) != 130 {
		t.Errorf("agreed %v, error %v", agreed, err)
	}
	if err := in.Close(); err != nil {
		t.Error(err)
	}
}

func TestProgressLines(t *testing.T) {
	told := []device.Progress{{}, {File: "a 1", Bytes: 1 << 20}, {File: "a 1", Bytes: 2 << 20}, {Bytes: 2 << 30}, {File: "b 2", Bytes: 3}}
	var piped, live bytes.Buffer
	toPipe, toTerminal := progressTo(&printer{w: &piped}, false), progressTo(&printer{w: &live}, true)
	for _, p := range told {
		toPipe(p)
		toTerminal(p)
	}
	if piped.String() != "a 1\nb 2\n" {
		t.Errorf("printed %q", piped.String())
	}
	for _, want := range []string{"\r\x1b[Kunpacking, nothing on disk", "\r\x1b[Ka 1, 1 MiB on disk", "\r\x1b[Kunpacking, 2.0 GiB on disk"} {
		if !strings.Contains(live.String(), want) {
			t.Errorf("printed %q, want %q in it", live.String(), want)
		}
	}
	if strings.Contains(live.String(), "\n") {
		t.Errorf("printed %q on more than one line", live.String())
	}
}

func TestDoctorWhereNobodyReads(t *testing.T) {
	gone := errors.New("broken pipe")
	calls := [][]string{nil, {"--json"}}
	if _, err := device.PlanInstall("cpu", nil); err == nil {
		calls = append(calls, []string{"--install", "cpu", "--yes"})
	}
	for _, args := range calls {
		backend := "auto"
		cmd := doctorCommand(doctor{
			inspect:  func(context.Context, device.Options) (device.Report, error) { return bare(), nil },
			compiler: compiler,
			confine:  halfConfined,
			download: fakeDownload(func() error { t.Error("downloaded without having said so"); return nil }),
			terminal: func() bool { return false },
		}, &backend)
		cmd.SetOut(writerThatFails{gone})
		cmd.SetArgs(args)
		cmd.SilenceErrors, cmd.SilenceUsage = true, true
		if err := cmd.ExecuteContext(t.Context()); !errors.Is(err, gone) {
			t.Errorf("%q: error %v", args, err)
		}
	}
}

type writerThatFails struct{ err error }

func (w writerThatFails) Write([]byte) (int, error) { return 0, w.err }

func TestProbeAnswers(t *testing.T) {
	backend := "auto"
	for request, want := range map[string]string{
		"backend go":   "\x1e{\"value\":{\"name\":\"go\",\"reason\":\"chosen by name",
		"backend nope": "\x1e{\"error\":\"unknown backend",
		"nonsense":     "\x1e{\"error\":\"cannot answer",
	} {
		cmd := newDoctorCommand(&backend)
		var out bytes.Buffer
		cmd.SetOut(&out)
		cmd.SetArgs(append([]string{"probe"}, strings.Fields(request)...))
		if err := cmd.ExecuteContext(t.Context()); err != nil || !strings.HasPrefix(out.String(), want) {
			t.Errorf("%s: %q, %v; want %q", request, out.String(), err, want)
		}
	}
}
