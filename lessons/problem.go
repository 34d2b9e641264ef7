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

// err joins the problems in the order of files and lines, or is nil when there are none.
func (r *report) err() error {
	slices.SortStableFunc(r.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	errs := make([]error, len(r.problems))
	for i, p := range r.problems {
		errs[i] = p
	}
	return errors.Join(errs...)
}
