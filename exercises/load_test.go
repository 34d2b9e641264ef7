package exercises

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/aetutor/aetutor/exercises/judge"
)

const goodDocument = "---\ntitle: T\nlesson: one\norder: 1\nminutes: 5\n---\nThe idea.\n\n# Hint 1\na\n\n# Hint 2\nb\n\n# Hint 3\n```go\n# c\n```\n\n" +
	"# Wrong: summed\ns\n\n# Wrong: axis\nx\n"

// goodExercise is an exercise named toy.
func goodExercise() (fstest.MapFS, map[string]judge.Judge) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	fsys := fstest.MapFS{
		"01-one/toy/exercise.go": file("package toy\n\n// TODO: do it.\n"),
		"01-one/toy/solution.go": file("package toy\n"),
		"01-one/toy/call.go":     file("package main\n"),
		"01-one/toy/exercise.md": file(goodDocument),
	}
	return fsys, map[string]judge.Judge{"toy": {Wrong: []judge.Wrong{{Name: "summed"}, {Name: "axis"}}}}
}

func TestLoad(t *testing.T) {
	fsys, judges := goodExercise()
	all, err := Load(fsys, judges)
	if err != nil {
		t.Fatal(err)
	}
	e := all[0]
	if len(all) != 1 || e.Title != "T" || e.Idea != "The idea." || e.Hints[2] != "```go\n# c\n```" || e.Wrong["axis"] != "x" ||
		e.Path() != "01-one/toy/toy.go" {
		t.Errorf("got %+v", e)
	}
}

func TestLoadRefusesWhatDoesNotResolve(t *testing.T) {
	for problem, change := range map[string]func(fstest.MapFS, map[string]judge.Judge){
		`it has no judge`: func(_ fstest.MapFS, judges map[string]judge.Judge) { delete(judges, "toy") },
		`there is a judge for "other"`: func(_ fstest.MapFS, judges map[string]judge.Judge) {
			judges["other"] = judge.Judge{}
		},
		`01-one/toy/call.go: open`:                        func(f fstest.MapFS, _ map[string]judge.Judge) { delete(f, "01-one/toy/call.go") },
		`call.go: its package is toy, want main`:          replaced("call.go", "main", "toy"),
		`solution.go: its package is other, want toy`:     replaced("solution.go", "toy", "other"),
		`it has 0 "// TODO"`:                              replaced("exercise.go", "TODO", "to do"),
		`it has no front matter`:                          replaced("exercise.md", "---\n", ""),
		`unknown field "level"`:                           replaced("exercise.md", "minutes", "level"),
		`it has no title`:                                 replaced("exercise.md", "title: T\n", ""),
		`its lesson is "two", its directory says "one"`:   replaced("exercise.md", "lesson: one", "lesson: two"),
		`its order is 0`:                                  replaced("exercise.md", "order: 1", "order: 0"),
		`it takes 500 minutes`:                            replaced("exercise.md", "minutes: 5", "minutes: 500"),
		`there is no section "Hint 2"`:                    replaced("exercise.md", "# Hint 2\n", ""),
		`there is a section "Hint 4"`:                     replaced("exercise.md", "# Hint 3", "# Hint 4"),
		`the section "Hint 1" is empty`:                   replaced("exercise.md", "\na\n", "\n"),
		`the judge knows the wrong answer "axis"`:         replaced("exercise.md", "# Wrong: axis\nx\n", ""),
		`the judge does not know the wrong answer "mean"`: replaced("exercise.md", "# Wrong: axis", "# Wrong: mean"),
	} {
		fsys, judges := goodExercise()
		change(fsys, judges)
		if _, err := Load(fsys, judges); err == nil || !strings.Contains(err.Error(), problem) {
			t.Errorf("got %v, want %s", err, problem)
		}
	}
}

// replaced changes a file of toy.
func replaced(file, old, with string) func(fstest.MapFS, map[string]judge.Judge) {
	return func(f fstest.MapFS, _ map[string]judge.Judge) {
		f["01-one/toy/"+file].Data = []byte(strings.ReplaceAll(string(f["01-one/toy/"+file].Data), old, with))
	}
}

func TestLoadSaysAllThatIsWrong(t *testing.T) {
	fsys, judges := goodExercise()
	for _, name := range []string{"exercise.go", "solution.go", "call.go", "exercise.md"} {
		old := "01-one/toy/" + name
		fsys["02-two/toy/"+name], fsys["02-two/else/"+name], fsys["02-two/Big/"+name] = fsys[old], fsys[old], fsys[old]
	}
	_, err := Load(fsys, judges)
	if err == nil {
		t.Fatal("no error")
	}
	for _, problem := range []string{
		"02-two/toy: 01-one/toy has the same name", `02-two/else: "else" cannot be the name`, "02-two/Big: it is not named as an exercise",
		"its order is 1, as that of",
	} {
		if !strings.Contains(err.Error(), problem) {
			t.Errorf("%q is missing in\n%v", problem, err)
		}
	}
}
