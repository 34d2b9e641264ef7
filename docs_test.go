package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/aetutor/aetutor/lessons"
)

// documents are what a stranger reads.
func documents(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, pattern := range []string{
		"*.md", "docs/*.md", "lessons/*.md", "exercises/*.md", "engine/*.md", "data/*.md", "deploy/*",
	} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			found[path] = string(content)
		}
	}
	return found
}

// codeLines are the lines of code of a document, in blocks and in sentences.
func codeLines(t *testing.T, markdown string) []string {
	t.Helper()
	source := []byte(markdown)
	var lines []string
	err := ast.Walk(goldmark.DefaultParser().Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n.Kind() {
		case ast.KindCodeBlock, ast.KindFencedCodeBlock:
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				lines = append(lines, string(line.Value(source)))
			}
		case ast.KindCodeSpan:
			var span strings.Builder
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if part, ok := c.(*ast.Text); ok {
					span.Write(part.Segment.Value(source))
				}
			}
			lines = append(lines, strings.ReplaceAll(span.String(), "\n", " "))
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// serviceLines are the commands of a unit of systemd, or of a Dockerfile, which writes them as a list too.
func serviceLines(content string) []string {
	content = strings.NewReplacer(`["`, "", `", "`, " ", `"]`, "", "\\\n", " ").Replace(content)
	return strings.Split(regexp.MustCompile(`(?m)^(\w+=/usr/local/bin/|RUN |ENTRYPOINT )`).ReplaceAllString(content, ""), "\n")
}

// calls are the arguments of each call of a program in lines of a shell, which may set variables, come after others, be
// redirected, run in a container and have a comment. Quotes around words with blanks go.
func calls(lines []string, program string) [][]string {
	start := regexp.MustCompile(`^(?:[A-Z_]+=\S* )*(?:docker exec class )?(?:bin/)?` + program + `(?: (.*))?$`)
	word := regexp.MustCompile(`"[^"]*"|'[^']*'|\S+`)
	var found [][]string
	for _, line := range lines {
		line, _, _ = strings.Cut(line, " #")
		for part := range strings.SplitSeq(line, "&&") {
			part, _, _ = strings.Cut(strings.TrimSpace(part), "<")
			part, _, _ = strings.Cut(part, ">")
			if m := start.FindStringSubmatch(strings.TrimSpace(part)); m != nil {
				args := word.FindAllString(m[1], -1)
				for i := range args {
					args[i] = strings.Trim(args[i], `"'`)
				}
				found = append(found, args)
			}
		}
	}
	return found
}

// isPlaceholder says whether a reader is to put something else there: ID, NAME, FILE.
func isPlaceholder(arg string) bool { return regexp.MustCompile(`^[A-Z…]+$`).MatchString(arg) }

// mistake is what is wrong with a call of aetutor, or "".
func mistake(all []lessons.Lesson, args []string) string {
	root := newRootCommand()
	root.InitDefaultCompletionCmd("bash") // An argument lets it be added though none was called.
	if len(args) > 0 && args[0] == "help" {
		return "" // The library that runs the commands adds it.
	}
	cmd, rest, err := root.Find(args)
	if err != nil {
		return err.Error()
	}
	cmd.InitDefaultHelpFlag()
	if err := cmd.ParseFlags(rest); err != nil {
		return err.Error()
	}
	if cmd.Flags().Changed("help") {
		return ""
	}
	rest = cmd.Flags().Args()
	if !slices.ContainsFunc(rest, isPlaceholder) {
		if err := cmd.ValidateArgs(rest); err != nil {
			return err.Error()
		}
	}
	if start := cmd.Flags().Lookup("lesson"); start != nil {
		if err := checkStart(all, start.Value.String()); err != nil {
			return err.Error()
		}
	}
	return ""
}

// TestDocumentedCommands parses every call of aetutor in the documents: command, flags and the number of arguments.
func TestDocumentedCommands(t *testing.T) {
	all, err := loadLessons("")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for path, content := range documents(t) {
		lines := codeLines(t, content)
		if !strings.HasSuffix(path, ".md") {
			lines = serviceLines(content)
		}
		for _, args := range calls(lines, "aetutor") {
			seen++
			if wrong := mistake(all, args); wrong != "" {
				t.Errorf("%s: aetutor %s: %s", path, strings.Join(args, " "), wrong)
			}
		}
	}
	if seen < 40 {
		t.Errorf("the documents call aetutor %d times only", seen)
	}
}

func TestWrongCommandsAreFound(t *testing.T) {
	all, err := loadLessons("")
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{
		"aetutor nonsense", "aetutor --nonsense", "X=1 bin/aetutor doctor --instal cuda", "aetutor version extra",
		"make build && bin/aetutor --lesson nonsense  # opens it", "aetutor serve --max-labs many",
	}
	found := calls(lines, "aetutor")
	if len(found) != len(lines) {
		t.Fatalf("found %q", found)
	}
	for _, args := range found {
		if mistake(all, args) == "" {
			t.Errorf("nothing is wrong with aetutor %q", args)
		}
	}
	for _, args := range calls([]string{"aetutor lab ID", "aetutor --lesson autoencoder </dev/null", "aetutor"}, "aetutor") {
		if wrong := mistake(all, args); wrong != "" {
			t.Errorf("aetutor %q: %s", args, wrong)
		}
	}
}

// TestDocumentedCommandsThatChangeNothing runs those that only look, as a reader would.
func TestDocumentedCommandsThatChangeNothing(t *testing.T) {
	harmless := map[string]bool{ // and whether it stands in a document
		"version": false, "doctor": false, "doctor --json": false, "lessons": false, "progress": false, "models": false,
		"--plain --lesson autoencoder": false, "lessons check my-lessons": false,
		"serve --check-config --teacher teachers.pub --invitation spring-class": false,
	}
	program, err := exec.LookPath("aetutor")
	if err != nil {
		t.Fatal(err)
	}
	for _, content := range documents(t) {
		for _, args := range calls(codeLines(t, content), "aetutor") {
			if _, ok := harmless[strings.Join(args, " ")]; ok {
				harmless[strings.Join(args, " ")] = true
			}
		}
	}
	dir := t.TempDir()
	lesson := "---\nnumber: 1\nslug: a\ntitle: A\nminutes: 5\n---\n# One\nwords\n"
	key := "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ5j5TfYSkMTtKcC3Ts1UoXhE0tVjGhT1TLUwTzPVJyy teacher\n"
	for path, content := range map[string]string{"my-lessons/01-a/lesson.md": lesson, "teachers.pub": key} {
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for line, documented := range harmless {
		if !documented {
			t.Errorf("aetutor %s stands in no document any more", line)
		}
		cmd := exec.CommandContext(t.Context(), program, strings.Fields(line)...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "AETUTOR_STATE="+dir, "AETUTOR_CACHE="+dir, "XDG_STATE_HOME="+dir)
		if out, err := cmd.CombinedOutput(); err != nil || len(out) == 0 {
			t.Errorf("aetutor %s: %v: %s", line, err, out)
		}
	}
}

// TestDocumentedTargets looks for every make target that the documents name.
func TestDocumentedTargets(t *testing.T) {
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	targets := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^([a-z-]+):`).FindAllStringSubmatch(string(makefile), -1) {
		targets[m[1]] = true
	}
	seen := 0
	for path, content := range documents(t) {
		if !strings.HasSuffix(path, ".md") {
			continue
		}
		for _, names := range calls(codeLines(t, content), "make") {
			for _, name := range names {
				if strings.Contains(name, "=") {
					continue // a variable
				}
				seen++
				if !targets[name] {
					t.Errorf("%s: make %s: there is no such target", path, name)
				}
			}
		}
	}
	if seen < 5 {
		t.Errorf("the documents name %d make targets only", seen)
	}
}

// TestDocumentedFiles follows the links of the documents to files.
func TestDocumentedFiles(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	for path, content := range documents(t) {
		for _, m := range link.FindAllStringSubmatch(content, -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), m[1])); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
}

// TestDependenciesAreJustified compares docs/dependencies.md with the direct requirements of go.mod.
func TestDependenciesAreJustified(t *testing.T) {
	content, err := os.ReadFile("docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, m := range regexp.MustCompile("(?m)^\\| `(\\S+)` \\| .{10,} \\|$").FindAllStringSubmatch(string(content), -1) {
		named = append(named, m[1])
	}
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{if not (or .Indirect .Main)}}{{.Path}}{{end}}", "all").Output()
	if err != nil {
		t.Fatal(err)
	}
	required := strings.Fields(string(out))
	slices.Sort(required)
	for i, path := range named {
		if !slices.Contains(required, path) {
			t.Errorf("%s is not required directly", path)
		}
		if slices.Contains(named[:i], path) {
			t.Errorf("%s is named twice", path)
		}
	}
	for _, path := range required {
		if !slices.Contains(named, path) {
			t.Errorf("%s is not justified", path)
		}
	}
}
