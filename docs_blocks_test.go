package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// blockLines are the lines of the blocks of code of a document, those that end in a backslash joined with the next.
func blockLines(t *testing.T, markdown string) []string {
	t.Helper()
	source := []byte(markdown)
	var lines []string
	document := goldmark.DefaultParser().Parse(text.NewReader(source))
	err := ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && (n.Kind() == ast.KindCodeBlock || n.Kind() == ast.KindFencedCodeBlock) {
			block := strings.ReplaceAll(string(n.Lines().Value(source)), "\\\n", " ")
			for line := range strings.Lines(block) {
				lines = append(lines, strings.Join(strings.Fields(line), " "))
			}
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// elsewhere are the lines of code that run something other than this program, make, go and the commands of a class, and
// what that is. Nobody but who writes them looks at these.
func elsewhere() map[string]string {
	return map[string]string{
		`export PATH="$PWD/bin:$PATH"`:                              "a shell",
		`export GOTOOLCHAIN=go1.27.3 GOEXPERIMENT=simd`:             "a shell",
		`$env:GOTOOLCHAIN = "go1.27.3"; $env:GOEXPERIMENT = "simd"`: "PowerShell",
		`docker build -f deploy/Dockerfile -t aetutor .`:            "Docker",
		`docker logs class`:                                         "Docker",
		`docker run -d --name class -p 2222:2222 -v aetutor-state:/var/lib/aetutor --cap-drop ALL ` +
			`--security-opt no-new-privileges --security-opt seccomp=unconfined --security-opt apparmor=unconfined ` +
			`aetutor`: "Docker",
	}
}

// TestDocumentedBlocks knows each line of code in the documents for readers: what is none of this program's own
// commands, which other tests parse or run, stands in a list.
func TestDocumentedBlocks(t *testing.T) {
	class := regexp.MustCompile(`^ssh (-t )?-p 2222 HOST( |$)`) // Package server compares these with its commands.
	unused := elsewhere()
	for path, content := range documents(t) {
		if filepath.Ext(path) != ".md" || filepath.Base(path) == "AUTHORING.md" {
			continue // The rest shows how files are written.
		}
		for _, line := range blockLines(t, content) {
			delete(unused, line)
			one := []string{line}
			switch {
			case elsewhere()[line] != "", class.MatchString(line), len(calls(one, "aetutor"))+len(calls(one, "make")) > 0:
			case len(calls(one, "go")) > 0:
				if wrong := goMistake(t, calls(one, "go")[0]); wrong != "" {
					t.Errorf("%s: %s: %s", path, line, wrong)
				}
			default:
				t.Errorf("%s: no test knows the line %q", path, line)
			}
		}
	}
	for line := range unused {
		t.Errorf("%q stands in no document any more", line)
	}
}

// goMistake is what go says of a call that it is not to carry out, or "".
func goMistake(t *testing.T, args []string) string {
	t.Helper()
	switch args[0] {
	case "build", "test":
		// list takes the flags of a build and refuses what it does not know.
		args = slices.DeleteFunc(slices.Clone(args[1:]), func(arg string) bool {
			return arg == "-o" || strings.HasPrefix(arg, "bin/")
		})
		args = append([]string{"list"}, args...)
	default:
		return "no test knows go " + args[0]
	}
	out, err := exec.CommandContext(t.Context(), "go", args...).CombinedOutput()
	if err != nil {
		return string(out)
	}
	return ""
}

// allFlags are the names of the flags of all commands.
func allFlags(cmd *cobra.Command) []string {
	var names []string
	add := func(f *pflag.Flag) { names = append(names, f.Name) }
	cmd.LocalFlags().VisitAll(add)
	for _, c := range cmd.Commands() {
		names = append(names, allFlags(c)...)
	}
	return names
}

// TestDocumentedFlags looks for the flags that sentences name without their command.
func TestDocumentedFlags(t *testing.T) {
	known := append(allFlags(newRootCommand()), "cap-add", "csv") // The first is Docker's, the second one the class's.
	named := regexp.MustCompile("`--([a-z][a-z-]*)")
	seen := 0
	for path, content := range documents(t) {
		for _, m := range named.FindAllStringSubmatch(content, -1) {
			seen++
			if !slices.Contains(known, m[1]) {
				t.Errorf("%s: --%s: no command has such a flag", path, m[1])
			}
		}
	}
	if seen < 20 {
		t.Errorf("the documents name %d flags only", seen)
	}
}

// TestDocumentedVariables looks for the variables of the environment that the documents name in the code.
func TestDocumentedVariables(t *testing.T) {
	variable := regexp.MustCompile(`\bAETUTOR_[A-Z_]+\b`)
	inCode := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, name := range variable.FindAllString(string(source), -1) {
			inCode[name] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	all := documents(t)
	for _, s := range manSections() {
		all["man page"] += s.text
	}
	for path, content := range all {
		for _, name := range variable.FindAllString(content, -1) {
			if !inCode[name] {
				t.Errorf("%s: no code reads %s", path, name)
			}
		}
	}
}
