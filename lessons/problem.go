package lessons

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Problem is one thing that is wrong in a lesson file. Load joins all of them into its error.
type Problem struct {
	File string // "02-autoencoder/lesson.md", below the directory that LoadDir was given
	Line int    // from 1
	What string // what is wrong
	Do   string // what to do about it
}

func (p Problem) Error() string { return fmt.Sprintf("%s:%d: %s; %s", p.File, p.Line, p.What, p.Do) }

// report collects the problems of a load.
type report struct{ problems []Problem }

func (r *report) add(file string, line int, what, do string) {
	r.problems = append(r.problems, Problem{file, line, what, do})
}

// in reports whether a file has problems.
func (r *report) in(file string) bool {
	return slices.ContainsFunc(r.problems, func(p Problem) bool { return p.File == file })
}

// sorted are the problems in the order of files and lines.
func (r *report) sorted() []Problem {
	slices.SortStableFunc(r.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return r.problems
}

// err joins the problems in the order of files and lines, or is nil when there are none.
func (r *report) err() error {
	errs := make([]error, len(r.problems))
	for i, p := range r.sorted() {
		errs[i] = p
	}
	return errors.Join(errs...)
}
