// Package exercises holds the exercises of the workshop and checks what a learner made of them: it builds the learner's
// file, runs it in a jail on cases that it makes itself, and compares what comes back with what is right.
//
// An exercise is a directory _src/NN-slug/NAME, see AUTHORING.md, and a judge in the package judge.
package exercises

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/aetutor/aetutor/exercises/judge"
	"github.com/aetutor/aetutor/exercises/pack"
)

//go:embed _src/*/*/exercise.go _src/*/*/solution.go _src/*/*/call.go _src/*/*/exercise.md
var sources embed.FS

// Exercise is one exercise.
type Exercise struct {
	Name    string // "loss", also the name of its package and its file
	Title   string
	Lesson  string // the lesson's slug, "autoencoder"
	Number  int    // the lesson's number
	Order   int    // the place within the lesson, from 1
	Minutes int    // what a learner needs
	Idea    string // Markdown
	Hints   []string
	Wrong   map[string]string // the hint for each typical wrong answer, by its name

	Source   []byte // the file that the learner gets
	Solution []byte
	call     []byte // the main of the program that runs the learner's file
	judge    judge.Judge
}

// Dir is the directory of the exercise's lesson in a workspace: "02-autoencoder".
func (e Exercise) Dir() string { return lessonDir(e.Number, e.Lesson) }

// Path is the exercise's file in a workspace, with slashes: "02-autoencoder/loss/loss.go".
func (e Exercise) Path() string { return e.Dir() + "/" + e.Name + "/" + e.Name + ".go" }

// Find returns the exercise of a name.
func Find(all []Exercise, name string) (Exercise, bool) {
	i := slices.IndexFunc(all, func(e Exercise) bool { return e.Name == name })
	if i < 0 {
		return Exercise{}, false
	}
	return all[i], true
}

// Names lists the names of exercises, for a message.
func Names(all []Exercise) string {
	names := make([]string, len(all))
	for i, e := range all {
		names[i] = e.Name
	}
	return strings.Join(names, ", ")
}

func lessonDir(number int, slug string) string { return fmt.Sprintf("%02d-%s", number, slug) }

// Packed says whether the program carries GoMLX's sources, so that writing a workspace needs no Go.
func Packed() bool { return pack.Packed() }
