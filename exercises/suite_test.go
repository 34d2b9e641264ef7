package exercises

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aetutor/aetutor/exercises/jail"
	"github.com/aetutor/aetutor/exercises/judge"
)

// TestMain lets the test binary be what the jail starts.
func TestMain(m *testing.M) {
	jail.Main()
	os.Exit(m.Run())
}

// testBuilder makes a module for tests. GoMLX is built once, in the user's cache, and not by each run of the tests.
func testBuilder(t *testing.T) (*builder, string) {
	t.Helper()
	tools, err := FindToolchain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	confined, err := jail.New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	b := &builder{
		dir: t.TempDir(), goCache: filepath.Join(cache, "aetutor-test", "exercises", "gocache"), tools: tools, jail: confined,
		progress: func(text string) { t.Log(text) },
	}
	module, err := b.prepare(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return b, module
}

// TestExercises builds all that an exercise's directory has to say, right and wrong, into one program, and judges each.
func TestExercises(t *testing.T) {
	all, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	prepared := sync.OnceValues(func() (*builder, string) { return testBuilder(t) })
	for _, e := range all {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			b, module := prepared()
			s := suite{e: e, builder: b, module: module, variants: variants(t, e)}
			s.build(t)
			s.vet(t)
			for _, name := range sortedKeys(s.variants) {
				t.Run(name, func(t *testing.T) { s.try(t, name) })
			}
		})
	}
}

// variants are the Go files of an exercise, by their names without .go.
func variants(t *testing.T, e Exercise) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("_src", e.Dir(), e.Name, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if formatted, err := format.Source(content); err != nil || !bytes.Equal(formatted, content) {
			t.Errorf("%s is not as gofmt writes it (%v)", file, err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		if known := regexp.MustCompile(`^(exercise|solution|call|(right|other)-[a-z0-9]+|wrong-[a-z0-9]+(-[a-z0-9]+)?)$`); !known.MatchString(name) {
			t.Errorf("%s has a name that means nothing", file)
		}
		if name != "call" {
			all[name] = content
		}
	}
	for wrong := range e.Wrong {
		if all["wrong-"+wrong] == nil {
			t.Errorf("there is no wrong-%s.go for the typical wrong answer %q", wrong, wrong)
		}
	}
	return all
}

// suite is one program with all variants of an exercise.
type suite struct {
	e        Exercise
	builder  *builder
	module   string
	variants map[string][]byte
}

// dir is the directory of a variant's package within the module.
func (s suite) dir(variant string) string {
	return path.Join(s.e.Name, strings.ReplaceAll(variant, "-", ""))
}

func (s suite) binary() string { return filepath.Join(s.builder.dir, "bin", s.e.Name) }

// build writes each variant as a package, and for each its call as another, whose main is named Main.
func (s suite) build(t *testing.T) {
	t.Helper()
	imports, choices := "", ""
	for i, name := range sortedKeys(s.variants) {
		call := bytes.Replace(s.e.call, []byte("package main"), []byte("package call"), 1)
		call = bytes.Replace(call, []byte("func main()"), []byte("func Main()"), 1)
		call = bytes.Replace(call, fmt.Appendf(nil, `"exercise/%s"`, s.e.Name),
			fmt.Appendf(nil, `%s "exercise/%s"`, s.e.Name, s.dir(name)), 1)
		s.write(t, path.Join(s.dir(name), s.e.Name+".go"), s.variants[name])
		s.write(t, path.Join(s.dir(name), "call", "call.go"), call)
		imports += fmt.Sprintf("import call%d \"exercise/%s/call\"\n", i, s.dir(name))
		choices += fmt.Sprintf("case %q: call%d.Main()\n", name, i)
	}
	s.write(t, path.Join(s.e.Name, "all", "main.go"), []byte("package main\nimport \"os\"\n"+imports+
		"func main() { switch os.Args[1] {\n"+choices+"default: os.Exit(3) } }\n"))
	res, err := s.builder.build(t.Context(), s.module, warmTime, "-o", s.binary(), "./"+s.e.Name+"/all")
	if err != nil || res.ExitCode != 0 {
		t.Fatalf("building failed: %v\n%s", err, res.Stderr)
	}
}

func (s suite) write(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := write(filepath.Join(s.module, filepath.FromSlash(name)), content); err != nil {
		t.Fatal(err)
	}
}

func (s suite) vet(t *testing.T) {
	t.Helper()
	res, err := s.builder.run(t.Context(), s.module, warmTime, "vet", "-mod=vendor", "-trimpath", "./"+s.dir("exercise"),
		"./"+s.dir("solution"), "./"+s.dir("solution")+"/call")
	if err != nil || res.ExitCode != 0 {
		t.Errorf("go vet: %v\n%s", err, res.Stderr)
	}
}

// try judges one variant with several sets of hidden cases.
func (s suite) try(t *testing.T, variant string) {
	t.Helper()
	for seed := range uint64(3) {
		v := s.check(t, variant, seed)
		switch kind, name, _ := strings.Cut(variant, "-"); kind {
		case "exercise":
			if v.Status == Pass || v.Status == Build {
				t.Errorf("the untouched file ends in %s", v.Status)
			}
		case "solution", "right":
			if v.Status != Pass {
				t.Errorf("seed %d: %s ends in %s: %s", seed, variant, v.Status, failures(v))
			}
		case "wrong":
			if v.Status != Fail && v.Status != Panic {
				t.Errorf("seed %d: %s ends in %s", seed, variant, v.Status)
			}
			name, _, _ = strings.Cut(name, "-")
			if v.Hint != s.e.Wrong[name] {
				t.Errorf("seed %d: %s gets the hint %q, want that of %q; %s", seed, variant, v.Hint, name, failures(v))
			}
		case "other":
			if v.Status != Fail && v.Status != Panic || v.Hint != "" {
				t.Errorf("seed %d: %s ends in %s with the hint %q, want none; %s", seed, variant, v.Status, v.Hint, failures(v))
			}
		}
	}
}

func (s suite) check(t *testing.T, variant string, seed uint64) Verdict {
	t.Helper()
	cases, err := s.e.cases(seed)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(cases, func(c judge.Case) bool { return c.Hidden }) {
		t.Error("the judge makes no hidden case")
	}
	res, err := s.builder.answers(t.Context(), s.binary(), cases, variant)
	if err != nil {
		t.Fatal(err)
	}
	v, err := ended(Verdict{}, s.e, cases, res, s.e.Name+".go")
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func failures(v Verdict) string {
	var all []string
	for _, c := range v.Cases {
		if !c.OK {
			all = append(all, fmt.Sprintf("%s: %s (want %s, got %s)", c.Name, c.Message, c.Want, c.Got))
		}
	}
	return strings.Join(all, "\n")
}
