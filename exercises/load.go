package exercises

import (
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/aetutor/aetutor/exercises/judge"
)

// Embedded loads the exercises that are part of the program, in their order.
func Embedded() ([]Exercise, error) {
	src, err := fs.Sub(sources, "_src")
	if err != nil {
		return nil, err
	}
	return Load(src, judge.All())
}

// Load reads NN-slug/NAME for each exercise, in the order of the lessons and within them of their own. Its error joins
// all that is wrong in any of them; then there are no exercises.
func Load(fsys fs.FS, judges map[string]judge.Judge) ([]Exercise, error) {
	l := loader{fsys: fsys, judges: judges, seen: map[string]string{}}
	dirs, err := fs.Glob(fsys, "*/*")
	if err != nil {
		return nil, err
	}
	var all []Exercise
	for _, dir := range dirs {
		if e, ok := l.exercise(dir); ok {
			all = append(all, e)
		}
	}
	for name := range judges {
		if l.seen[name] == "" {
			l.problem("package judge", "there is a judge for %q, which is no exercise; write it or remove the judge", name)
		}
	}
	slices.SortStableFunc(all, func(a, b Exercise) int {
		return 1000*(a.Number-b.Number) + a.Order - b.Order
	})
	for i, e := range all[:max(0, len(all)-1)] {
		if next := all[i+1]; e.Number == next.Number && e.Order == next.Order {
			l.problem(next.Name, "its order is %d, as that of %s; give each its own", e.Order, e.Name)
		}
	}
	if len(l.problems) > 0 {
		slices.SortFunc(l.problems, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
		return nil, errors.Join(l.problems...)
	}
	return all, nil
}

type loader struct {
	fsys     fs.FS
	judges   map[string]judge.Judge
	seen     map[string]string // the name of each exercise to its directory
	problems []error
}

func (l *loader) problem(where, format string, args ...any) {
	l.problems = append(l.problems, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...)))
}

// reserved are the packages that the program around a learner's file has beside it.
func reserved() []string { return []string{"answer", "graphs", "wire", "vendor"} }

var (
	exerciseDir  = regexp.MustCompile(`^(\d\d)-([a-z0-9]+)/([a-z][a-z0-9]*)$`)
	numberedHint = regexp.MustCompile(`^Hint (\d)$`)
	wrongHint    = regexp.MustCompile(`^Wrong: ([a-z0-9]+)$`)
)

// steps is how many hints an exercise has: a nudge, the idea, and nearly the code.
const steps = 3

func (l *loader) exercise(dir string) (Exercise, bool) {
	match := exerciseDir.FindStringSubmatch(dir)
	if match == nil {
		l.problem(dir, "it is not named as an exercise; name it by the lesson's number and slug and a Go package: 02-autoencoder/loss")
		return Exercise{}, false
	}
	number, err := strconv.Atoi(match[1])
	if err != nil {
		l.problem(dir, "%v", err)
		return Exercise{}, false
	}
	e := Exercise{Name: match[3], Lesson: match[2], Number: number, Wrong: map[string]string{}}
	if other := l.seen[e.Name]; other != "" {
		l.problem(dir, "%s has the same name; names are unique in the whole workshop", other)
	}
	l.seen[e.Name] = dir
	if token.IsKeyword(e.Name) || e.Name == "main" || slices.Contains(reserved(), e.Name) {
		l.problem(dir, "%q cannot be the name of its package; take another", e.Name)
	}
	var known bool
	if e.judge, known = l.judges[e.Name]; !known {
		l.problem(dir, "it has no judge; add one to judge/%s.go", e.Lesson)
	}
	e.Source, e.Solution = l.code(dir, "exercise.go", e.Name), l.code(dir, "solution.go", e.Name)
	e.call = l.code(dir, "call.go", "main")
	if n := strings.Count(string(e.Source), "// TODO"); n != 1 {
		l.problem(dir+"/exercise.go", `it has %d "// TODO"; one is right`, n)
	}
	l.document(dir+"/exercise.md", &e)
	return e, true
}

// code reads a Go file and checks its package clause.
func (l *loader) code(dir, name, pkg string) []byte {
	file := path.Join(dir, name)
	text, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		l.problem(file, "%v", err)
		return nil
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), name, text, parser.PackageClauseOnly)
	switch {
	case err != nil:
		l.problem(file, "%v", err)
	case parsed.Name.Name != pkg:
		l.problem(file, "its package is %s, want %s", parsed.Name.Name, pkg)
	}
	return text
}
