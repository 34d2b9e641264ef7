package lessons

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// graphs are calls of the functions that lessons declare, by lesson, with the shapes that they answer. In them in(…) is an
// input of a shape and s() an empty scope. A step of training is missing: it needs a run, not a graph alone.
func graphs() map[string]map[string]string {
	return map[string]map[string]string{
		"01-gpu": {"hidden(in(2, 3), in(3, 4))": "[2 4]"},
		"02-autoencoder": {
			"hidden(s(), in(2, 784), 5)":   "[2 5]",
			"encode(s(), in(2, 784))":      "[2 16]",
			"decode(s(), in(2, 16))":       "[2 784]",
			"loss(in(2, 784), in(2, 784))": "[]",
		},
		"03-anomaly": {"errors(in(2, 784), in(2, 784))": "[2]"},
		"04-knn": {
			"squares(in(2, 16), in(3, 16))":      "[2 3]",
			"between(in(1, 16), in(1, 16), 0.5)": "[1 16]",
		},
		"05-denoising": {
			"addNoise(s(), in(2, 784), 0.5)":        "[2 784]",
			"denoisingLoss(in(2, 784), in(2, 784))": "[]",
			"psnr(in(2, 784), in(2, 784))":          "[]",
		},
		"06-vae": {
			"first(encode(s(), in(2, 784)))":                        "[2 2]",
			"second(encode(s(), in(2, 784)))":                       "[2 2]",
			"draw(s(), in(2, 2), in(2, 2))":                         "[2 2]",
			"divergence(in(2, 2), in(2, 2))":                        "[2]",
			"crossEntropy(in(2, 784), in(2, 784))":                  "[2]",
			"loss(in(2, 784), in(2, 784), in(2, 2), in(2, 2), 0.5)": "[]",
		},
		"07-pretraining": {
			"maskedLoss(in(2, 784), in(2, 784), in(2, 784))": "[]",
			"backbone(s(), in(2, 784))":                      "[2 64]",
			"classify(s(), in(2, 784), true)":                "[2 10]",
			"classify(s(), in(2, 784), false)":               "[2 10]",
		},
		"08-downstream": {"assign(in(5, 16), in(3, 16))": "[5]"},
		"09-embeddings": {"skipGram(in(2, 32), in(2, 32), in(2, 5, 32))": "[]"},
	}
}

// lessonMain calls what each lesson declares and prints the shapes, or why there is no graph.
const lessonMain = `package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/gobackend"
	"github.com/gomlx/compute/shapes"
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	%s
)

func main() {
	backend, err := gobackend.New("")
	if err != nil {
		panic(err)
	}
	answers := map[string]string{}
	s := func() *model.Scope { return model.NewStore().RootScope() }
	check := func(name string, call func(in func(...int) *Node) *Node) {
		defer func() {
			if fault := recover(); fault != nil {
				answers[name] = fmt.Sprint(fault)
			}
		}()
		g, inputs := NewGraph(backend, name), 0
		answers[name] = fmt.Sprint(call(func(dimensions ...int) *Node {
			inputs++
			return Parameter(g, fmt.Sprint("input", inputs), shapes.Make(dtypes.Float32, dimensions...))
		}).Shape().Dimensions)
	}
	%s
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
`

// TestGraphsOfTheLessonsHaveTheirShapes builds the graphs of the lessons' code: GoMLX finds operands of other shapes only
// then, so the compiler cannot.
func TestGraphsOfTheLessonsHaveTheirShapes(t *testing.T) {
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	replace := map[string]string{}
	write := func(seen, content string) {
		path := filepath.Join(dir, fmt.Sprint(len(replace), ".go"))
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		replace[filepath.Join(here, "snippet", seen)] = path
	}
	imports, checks, want := "", "", map[string]string{}
	for _, lesson := range slices.Sorted(maps.Keys(graphs())) {
		markdown, err := files.ReadFile(lesson + "/lesson.md")
		if err != nil {
			t.Fatal(err)
		}
		code := ""
		for _, f := range fences(string(markdown)) {
			if f.language == "go" {
				code += f.code
			}
		}
		name := "lesson" + lesson[:2]
		imports += fmt.Sprintf("%q\n", "github.com/aetutor/aetutor/lessons/snippet/"+name)
		checks += name + ".Check(check, s)\n"
		calls := ""
		for call, shape := range graphs()[lesson] {
			want[lesson+" "+call] = shape
			calls += fmt.Sprintf("check(%q, func(in func(...int) *Node) *Node { return %s })\n", lesson+" "+call, call)
		}
		write(filepath.Join(name, "code.go"), snippet(name, code+`
func first(a, _ *Node) *Node { return a }
func second(_, b *Node) *Node { return b }
func Check(check func(string, func(func(...int) *Node) *Node), s func() *model.Scope) {
`+calls+"}\n"))
	}
	write("main.go", fmt.Sprintf(lessonMain, imports, checks))
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "go", "run", "-overlay", list, "./snippet")
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	var got map[string]string
	if err := json.NewDecoder(strings.NewReader(string(out))).Decode(&got); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for call, shape := range want {
		if got[call] != shape {
			t.Errorf("%s gives %s, want %s", call, got[call], shape)
		}
	}
}
