package lessons

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// embeddedLabs knows every lab, parameter and exercise that the lessons name: whether there are such is a question to the
// program, which its own tests ask.
func embeddedLabs(tb testing.TB) Known {
	tb.Helper()
	paths, err := fs.Glob(files, "*/lesson.md")
	if err != nil {
		tb.Fatal(err)
	}
	known := Known{Labs: map[string][]string{}, Exercises: map[string]bool{}}
	directive := regexp.MustCompile("(?ms)^```lab (\\S+)\n(.*?)^```")
	setting := regexp.MustCompile(`(?m)^  ([a-z]+):`)
	exercise := regexp.MustCompile("(?m)^```exercise (\\S+)$")
	for _, path := range paths {
		markdown, err := files.ReadFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		for _, lab := range directive.FindAllStringSubmatch(string(markdown), -1) {
			keys := known.Labs[lab[1]]
			for _, key := range setting.FindAllStringSubmatch(lab[2], -1) {
				keys = append(keys, key[1])
			}
			known.Labs[lab[1]] = keys
		}
		for _, name := range exercise.FindAllStringSubmatch(string(markdown), -1) {
			known.Exercises[name[1]] = true
		}
	}
	return known
}

func TestEmbeddedLessonsResolve(t *testing.T) {
	lessons, err := Embedded(embeddedLabs(t))
	if err != nil {
		t.Fatal(err)
	}
	dirs, err := filepath.Glob("[0-9]*-*")
	if err != nil || len(lessons) != len(dirs) {
		t.Fatalf("%d lessons are embedded, there are the directories %v, %v", len(lessons), dirs, err)
	}
	for _, lesson := range lessons {
		if lesson.Number != 2 {
			continue
		}
		if lesson.Slug != "autoencoder" || lesson.Title != "Autoencoder step by step" || len(lesson.Pages) != 12 {
			t.Errorf("lesson 2 is %q, %q with %d pages", lesson.Slug, lesson.Title, len(lesson.Pages))
		}
	}
}

// widest is the room for a line of code or of a drawing beside the outline on a screen of 80 columns: 54 columns without
// the margin of code.
const widest = 52

func TestDrawingsAndCodeFitTheScreen(t *testing.T) {
	check := func(name, block string) {
		for line := range strings.Lines(strings.ReplaceAll(block, "\t", "    ")) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > widest {
				t.Errorf("%s: %d columns, at most %d fit: %s", name, n, widest, line)
			}
		}
	}
	lessons, err := Embedded(embeddedLabs(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, lesson := range lessons {
		for _, page := range lesson.Pages {
			for _, block := range page.Blocks {
				switch b := block.(type) {
				case Figure:
					check(page.ID, b.Art)
				case Prose:
					for _, fence := range fences(b.Markdown) {
						check(page.ID, fence.code)
					}
				}
			}
		}
	}
}

type fence struct {
	language, code string
	line           int // of its first line of code
}

// fences are the fences of a Markdown text that hold code.
func fences(markdown string) []fence {
	source := []byte(markdown)
	root := goldmark.DefaultParser().Parse(text.NewReader(source))
	var found []fence
	for node := root.FirstChild(); node != nil; node = node.NextSibling() {
		if f, ok := node.(*ast.FencedCodeBlock); ok && f.Lines().Len() > 0 {
			line := 1 + bytes.Count(source[:f.Lines().At(0).Start], []byte("\n"))
			found = append(found, fence{string(f.Language(source)), string(f.Lines().Value(source)), line})
		}
	}
	return found
}

// gomlx is where the packages are that the lessons' code names. The lessons leave the import lines out, and import graph
// with a dot, as the code of GoMLX does.
func gomlx() map[string]string {
	const root = "github.com/gomlx/gomlx/"
	return map[string]string{
		"activation":  root + "ml/layers/activation",
		"initializer": root + "ml/model/initializer",
		"layers":      root + "ml/layers",
		"model":       root + "ml/model",
		"optimizer":   root + "ml/train/optimizer",
		"slices":      "slices",
	}
}

// TestGoCodeCompiles puts the Go code of each lesson into a package of its own and has the compiler judge it. The
// declarations of a lesson's pages belong together: a page may use what an earlier one declared.
func TestGoCodeCompiles(t *testing.T) {
	paths, err := fs.Glob(files, "*/lesson.md")
	if err != nil {
		t.Fatal(err)
	}
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		markdown, err := files.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var code strings.Builder
		for _, f := range fences(string(markdown)) {
			if f.language != "go" {
				continue
			}
			if formatted, err := format.Source([]byte(f.code)); err != nil {
				t.Errorf("%s:%d: %v", path, f.line, err)
			} else if string(formatted) != f.code {
				t.Errorf("%s:%d: gofmt would change it to\n%s", path, f.line, formatted)
			}
			fmt.Fprintf(&code, "//line %s:%d\n%s\n", filepath.Join(here, path), f.line, f.code)
		}
		if !t.Failed() && code.Len() > 0 {
			compile(t, here, code.String())
		}
	}
}

// snippet is a source file of the package of that name with declarations of lessons and the imports that they leave out.
func snippet(name, declarations string) string {
	var source strings.Builder
	source.WriteString("package " + name + "\n\nimport . \"github.com/gomlx/gomlx/core/graph\"\n")
	for name, path := range gomlx() {
		if regexp.MustCompile(`\b` + name + `\.`).MatchString(declarations) {
			fmt.Fprintf(&source, "import %q\n", path)
		}
	}
	source.WriteString("var _ *Node // so that a lesson need not use graph\n")
	source.WriteString(declarations)
	return source.String()
}

// compile builds declarations as a package of this module below the directory here. It exists only in the compiler's view
// of the file system.
func compile(t *testing.T, here, declarations string) {
	t.Helper()
	dir := t.TempDir()
	written := filepath.Join(dir, "snippet.go")
	if err := os.WriteFile(written, []byte(snippet("snippet", declarations)), 0o644); err != nil {
		t.Fatal(err)
	}
	seen := filepath.Join(here, "snippet", "snippet.go")
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{seen: written}})
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-overlay", list, "./snippet").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
