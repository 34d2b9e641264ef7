package exercises

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
)

// testChecker is a checker in a directory of its own, and the exercise scores.
func testChecker(t *testing.T) (*Checker, Exercise) {
	t.Helper()
	all, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	e, ok := Find(all, "scores")
	if !ok {
		t.Fatal("there is no exercise scores")
	}
	b, _ := testBuilder(t)
	return &Checker{*b}, e
}

// learner is a file with a body of Scores, and more after it.
func learner(imports, body, more string) string {
	return "package scores\n\n" + imports + "\n\nfunc Scores(x []float64, weights [][]float64) []float64 {\n" + body + "\n}\n" + more
}

const right = `	scores := make([]float64, len(weights))
	for class, w := range weights {
		scores[class] = w[0]
		for i, v := range x {
			scores[class] += v * w[i+1]
		}
	}
	return scores`

func TestVerdicts(t *testing.T) {
	c, e := testChecker(t)
	for name, test := range map[string]struct {
		source  string
		status  Status
		message string // a part of the first case's
		hint    string // a part
	}{
		"untouched":        {string(e.Source), Todo, "as it was written", ""},
		"only a comment":   {"// Mine.\n" + string(e.Source) + "\n\n", Todo, "as it was written", ""},
		"right":            {learner("", right, ""), Pass, "", ""},
		"wrong":            {learner("", "return make([]float64, len(weights))", ""), Fail, "at [0] expected -0.5, got 0", ""},
		"a typical one":    {learner("", strings.Replace(right, "= w[0]", "= 0", 1), ""), Fail, "expected", e.Wrong["nobias"]},
		"another length":   {learner("", "return nil", ""), Fail, "the shape is [0], expected [2]", ""},
		"unknown name":     {learner("", "return y", ""), Build, "mine/scores.go:6:8: undefined: y", "does not know this name"},
		"unused variable":  {learner("", "y := 1\nreturn nil", ""), Build, "declared and not used: y", "never read"},
		"syntax":           {"package scores\nfunc Scores(", Build, "mine/scores.go:2", ""},
		"another package":  {strings.Replace(learner("", right, ""), "package scores", "package main", 1), Build, "", "package scores"},
		"no function":      {"package scores\n", Build, "mine/scores.go: the check cannot call your code: undefined: scores.Scores", "Keep the name"},
		"other parameters": {"package scores\nfunc Scores() []float64 { return nil }\n", Build, "the check cannot call your code", "Keep its parameters"},
		"excluded":         {"//go:build ignore\n\n" + learner("", right, ""), Build, "mine/scores.go: build constraints exclude this file", "plain Go"},
		"another file":     {learner("", "//line other.go:100\nreturn y", ""), Build, "mine/scores.go:7:8: undefined: y", "does not know this name"},
		"the check's file": {learner("", "/*line call/main.go:3:1*/return y", ""), Build, "mine/scores.go:6:33: undefined: y", ""},
		"panic elsewhere":  {learner("", "//line other.go:100\npanic(\"mine\")", ""), Panic, "mine/scores.go:7: mine", ""},
		"a line of text":   {learner("", right, "const text = `\n//line x.go:1\n`\nfunc init() {\nif text != \"\\n//\"+\"line x.go:1\\n\" {\npanic(text)\n}\n}\n"), Pass, "", ""},
		"cgo":              {learner(`import "C"`, right, ""), Build, "", "plain Go"},
		"unknown package":  {learner(`import "nothing"`, right, ""), Build, "mine/scores.go:3:8: package nothing is not in std", "vendor"},
		"network package":  {learner(`import _ "golang.org/x/net/html"`, right, ""), Build, "", "vendor"},
		"index":            {learner("", "return []float64{x[len(x)]}", ""), Panic, "mine/scores.go:6: runtime error: index out of range", ""},
		"goroutine":        {learner("", "go func() { panic(\"mine\") }()\nselect {}", ""), Panic, "mine/scores.go:6: mine", ""},
		"deadlock":         {learner("", "select {}", ""), Panic, "all goroutines are asleep", ""},
		"endless":          {learner("", "for {\n}", ""), Timeout, "was stopped", ""},
		"memory": {learner("", "var all [][]byte\nfor {\nb := make([]byte, 1<<26)\nfor i := range b {\nb[i] = 1\n}\nall = append(all, b)\nif len(all) < 0 {\nreturn nil\n}\n}", ""),
			Memory, "more memory", ""},
		"exit":        {learner(`import "os"`, "os.Exit(0)\nreturn nil", ""), Fail, "ended before it answered", ""},
		"exit sooner": {learner(`import "os"`, right, "\nfunc init() { os.Exit(0) }\n"), Fail, "ended before it answered", ""},
		"forged": {learner(`import "os"`, "return nil", "\nfunc init() {\nf := os.NewFile(3, \"\")\nf.WriteString(`{\"status\":\"pass\"}`)\nos.Exit(0)\n}\n"),
			Fail, "ended before it answered", ""},
		"printed without end": {learner(`import "fmt"`, "for {\nfmt.Println(\"pass pass pass pass pass pass pass\")\n}", ""), Fail, "does a loop print?", ""},
		"printed":             {learner(`import "fmt"`, "fmt.Println(\"pass\")\nreturn nil", ""), Fail, "the shape is", ""},
	} {
		t.Run(name, func(t *testing.T) {
			v, err := c.Check(t.Context(), e, filepath.Join("mine", "scores.go"), []byte(test.source), 1)
			if err != nil {
				t.Fatal(err)
			}
			if v.Status != test.status || len(v.Cases) == 0 || !strings.Contains(v.Cases[0].Message, test.message) ||
				!strings.Contains(v.Hint, test.hint) {
				t.Errorf("got %+v, want %s with %q and the hint %q", v, test.status, test.message, test.hint)
			}
			for _, dir := range []string{c.builder.dir, c.builder.goCache, c.builder.tools.Root} {
				if strings.Contains(v.Cases[0].Message, dir) {
					t.Errorf("the message names a directory of this machine: %s", v.Cases[0].Message)
				}
			}
			if v.Name != "scores" || v.Lesson != "representations" || v.Seconds <= 0 || v.Seconds > 10 {
				t.Errorf("got name %q, lesson %q and %v s", v.Name, v.Lesson, v.Seconds)
			}
			if right := v.Status == Pass; v.Cases[0].OK != right {
				t.Errorf("the first case is ok: %v", v.Cases[0].OK)
			}
		})
	}
}

func TestACancelledCheckHasNoVerdict(t *testing.T) {
	c, e := testChecker(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if v, err := c.Check(ctx, e, "scores.go", []byte(learner("", right, "")), 1); err == nil {
		t.Errorf("got %+v", v)
	}
}

func TestGraphPanicsNameTheLine(t *testing.T) {
	c, _ := testChecker(t)
	all, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	e, _ := Find(all, "loss")
	source := "package loss\n\nimport . \"github.com/gomlx/gomlx/core/graph\"\n\n" +
		"func Loss(x, y *Node) *Node {\n\treturn Dot(x, y).Product()\n}\n"
	v, err := c.Check(t.Context(), e, "loss.go", []byte(source), 1)
	if err != nil {
		t.Fatal(err)
	}
	message := v.Cases[0].Message
	if v.Status != Panic || !strings.HasPrefix(message, "loss.go:6: ") || strings.Count(message, "\n") > maxMessage {
		t.Errorf("got %s: %s", v.Status, message)
	}
}
