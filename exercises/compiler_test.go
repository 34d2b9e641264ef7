package exercises

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/exercises/jail"
)

// TestNotesFitTheCompilersMessages lets the compiler itself say what is wrong with some files.
func TestNotesFitTheCompilersMessages(t *testing.T) {
	const graph = "import . \"github.com/gomlx/gomlx/core/graph\"\n"
	files := map[string]struct{ source, note string }{
		"unused":    {"func f() { x := 1 }", "never read"},
		"imported":  {"import \"fmt\"", "an import that nothing uses"},
		"undefined": {"var x = y", "does not know this name"},
		"noreturn":  {"func f() int { for {\nbreak\n} }", "has no `return`"},
		"few":       {"func f(a int) {}\nfunc g() { f() }", "number of arguments"},
		"many":      {"func f() {}\nfunc g() { f(1) }", "number of arguments"},
		"results":   {"func f() int { return 1, 2 }", "`return` gives another number"},
		"noresult":  {"func f() (int, int) { return 1 }", "`return` gives another number"},
		"assign":    {"func f() (int, error) { return 0, nil }\nfunc g() { x := f(); _ = x }", "more names on the left"},
		"mismatch":  {"func f(a int, b float64) float64 { return a * b }", "does not mix types"},
		"scalar":    {graph + "func f(x *Node) *Node { return Mul(x, 2) }", "ending in Scalar"},
		"operator":  {graph + "func f(x *Node) *Node { return x * x }", "no number"},
		"value":     {"var x int = \"a\"", "another type"},
		"colon":     {"func f() { x := 1; x := 2; _ = x }", "Write `=`"},
		"method":    {"type T struct{}\nfunc f(t T) { t.Run() }", "no such field or method"},
		"condition": {"func f(x int) { if x { } }", "true or false"},
		"twice":     {"func f() {}\nfunc f() {}", "declared twice"},
		"index":     {"func f(x int) int { return x[0] }", "cannot be used like this"},
		"outside":   {"x := 1", "Outside of functions"},
		"unclosed":  {"func f() {", "not closed"},
		"newline":   {"var x = []int{\n1\n}", "comma after the last"},
		"nonsense":  {"func f() { x = = 1 }", "does not understand this line"},
		"cycle":     {"import _ \"exercise/notes/cycle\"", "Delete this import"},
		"embed":     {"//go:embed x\nvar x string", "plain Go"},
		"foreign":   {"import _ \"example.com/foreign\"", "Delete the import"},
	}
	b, module := testBuilder(t)
	for name, file := range files {
		if err := write(filepath.Join(module, "notes", name, name+".go"), []byte("package "+name+"\n"+file.source+"\n")); err != nil {
			t.Fatal(err)
		}
		res, err := b.build(t.Context(), module, warmTime, "./notes/"+name)
		if err != nil {
			t.Fatal(err)
		}
		message := compilerMessage(string(res.Stderr), name, name+".go")
		if got := buildNote(message, name); !strings.Contains(got, file.note) {
			t.Errorf("%s: to\n%s\nthe note is %q, want %q", name, message, got, file.note)
		}
	}
}

func TestGoHasItsNameOnEachSystem(t *testing.T) {
	for goos, want := range map[string]string{"windows": "go.exe", "linux": "go", "darwin": "go"} {
		if got := goName(goos); got != want {
			t.Errorf("on %s it is %s, want %s", goos, got, want)
		}
	}
}

// TestADiskWithoutRoomIsNoFaultOfTheFile reads what go build says on a file system that is full.
func TestADiskWithoutRoomIsNoFaultOfTheFile(t *testing.T) {
	for output, want := range map[string]bool{
		"exercise/scores/call: write /cache/tmp/go-build3560987966/b001/importcfg: no space left on device\n":                      true,
		"# exercise/scores\nunexpected fault address 0x7f6adedf4000\nfatal error: fault\n[signal SIGBUS: bus error code=0x2]\n":    true,
		"exercise/scores/call: go build exercise/scores/call: copying a.out to scores: write scores: no space left on device\n":    true,
		"go: creating work dir: mkdir /cache/tmp/go-build1: read-only file system\n":                                               true,
		"# exercise/scores\nscores/scores.go:6:8: undefined: y\n":                                                                  false,
		"# exercise/scores\nscores/scores.go:6:8: cannot use \"no space left on device\" (untyped string constant) as int value\n": false,
	} {
		if err := diskFault(jail.Result{ExitCode: 1, Stderr: []byte(output)}, "scores"); (err != nil) != want {
			t.Errorf("%q: %v", output, err)
		}
	}
}

func TestWhyGoMLXWasNotBuiltIsSaid(t *testing.T) {
	for want, res := range map[string]jail.Result{
		"it took more than 5m0s":    {ExitCode: -1, TimedOut: true},
		"more memory than there is": {ExitCode: -1, OutOfMemory: true},
		"no space left on device":   {ExitCode: 1, Stderr: []byte("write: no space left on device\n")},
	} {
		if err := warmFault(res); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: the error is %v, want %q in it", res, err, want)
		}
	}
	if err := warmFault(jail.Result{}); err != nil {
		t.Errorf("a build that succeeds is the error %v", err)
	}
}
