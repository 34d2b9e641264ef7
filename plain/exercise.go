package plain

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/aetutor/aetutor/exercises"
	tried "github.com/aetutor/aetutor/exercises/record"
	"github.com/aetutor/aetutor/progress"
)

// exerciseWidth is where sentences about exercises are broken.
const exerciseWidth = 80

// KeepVerdict keeps what a check of a learner's file found.
func KeepVerdict(s progress.Store, learner string, v exercises.Verdict) error {
	return keep(s, learner, func(r *tried.Record) { r.Verdict(v) })
}

// Verdict writes a verdict: all cases in short, and the first that is wrong in full. program is what a learner writes
// before a command, "aetutor". With asJSON it is one line of JSON.
func Verdict(w io.Writer, v exercises.Verdict, program string, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(v)
	}
	o := output{w: w, width: exerciseWidth}
	o.raw(fmt.Sprintf("%s: %s (%.1f s)\n", v.Name, v.Status, v.Seconds))
	wrong := 0
	for _, c := range v.Cases {
		if c.OK {
			o.raw(fmt.Sprintf("  right  %s\n", c.Name))
			continue
		}
		if c.Name != string(v.Status) {
			o.raw(fmt.Sprintf("  wrong  %s\n", c.Name))
		}
		wrong++
		for _, line := range [][2]string{{"input", c.Input}, {"expected", c.Want}, {"got", c.Got}} {
			if line[1] != "" && wrong == 1 {
				label := fmt.Sprintf("    %-9s", line[0])
				o.lines(hanging(label, wrap(line[1], exerciseWidth-len(label))))
			}
		}
		if wrong > 1 || c.Message != fmt.Sprintf("expected %s, got %s", c.Want, c.Got) { // Else the lines above say so.
			o.raw(fmt.Sprintf("    %s\n", strings.ReplaceAll(c.Message, "\n", "\n    ")))
		}
	}
	if v.Hint != "" {
		// A hint names commands as they are at home.
		hint := strings.ReplaceAll(v.Hint, "`aetutor ", "`"+program+" ")
		o.raw("\n  " + strings.Join(seen(hint, exerciseWidth-2), "\n  ") + "\n")
	} else if v.Status != exercises.Pass && v.Status != exercises.Build {
		o.raw(fmt.Sprintf("\n  %s hint %s gives a hint.\n", program, v.Name))
	}
	return o.err
}

// Hint writes the hint after those that a learner was shown, or the last one again; also where that cannot be kept, and
// fails then.
func Hint(w io.Writer, s progress.Store, learner string, e exercises.Exercise, program string) error {
	var shown int
	kept := keep(s, learner, func(r *tried.Record) { shown = r.Hint(e) })
	if shown == 0 {
		return kept
	}
	after := fmt.Sprintf("%s hint %s gives the next one.", program, e.Name)
	if shown == len(e.Hints) {
		after = fmt.Sprintf("That is the last one. %s solution %s shows the solution.", program, e.Name)
	}
	o := output{w: w, width: exerciseWidth}
	o.raw(fmt.Sprintf("Hint %d of %d\n\n%s\n\n%s\n", shown, len(e.Hints),
		strings.Join(seen(e.Hints[shown-1], exerciseWidth), "\n"), after))
	return errors.Join(o.err, kept)
}

// Solution writes the solution of an exercise, after a pass or when a learner asks for the second time; also where that
// cannot be kept, and fails then.
func Solution(w io.Writer, s progress.Store, learner string, e exercises.Exercise) error {
	var asked, mayShow bool
	kept := keep(s, learner, func(r *tried.Record) { asked, mayShow = true, r.Solution(e) })
	switch {
	case !asked:
		return kept
	case !mayShow:
		o := output{w: w, width: exerciseWidth}
		o.say(e.Name + " does not pass yet. Ask again to see the solution all the same; the exercise is then marked as seen.")
		return errors.Join(o.err, kept)
	}
	_, err := w.Write(e.Solution)
	return errors.Join(err, kept)
}

// keep notes something in the record of a learner, and keeps it.
func keep(s progress.Store, learner string, note func(*tried.Record)) error {
	p, err := s.Load(learner)
	if err != nil {
		return err
	}
	r := tried.Of(p)
	note(r)
	return s.Record(learner, r.Take()...)
}

// listedExercise is an exercise in a list of JSON.
type listedExercise struct {
	Name   string          `json:"name"`
	Lesson string          `json:"lesson"`
	Status progress.Status `json:"status"`
	File   string          `json:"file"` // "" without a workspace
}

// List writes the exercises with what is kept of them, a line each, or with asJSON as an array. file is where the file
// of an exercise lies.
func List(w io.Writer, all []exercises.Exercise, p progress.Progress, file func(exercises.Exercise) string, asJSON bool) error {
	listed := []listedExercise{}
	kept := tried.Of(p)
	for _, e := range all {
		status := kept.Status(e.Name).Status
		if asJSON {
			listed = append(listed, listedExercise{e.Name, e.Lesson, status, file(e)})
			continue
		}
		if _, err := fmt.Fprintf(w, "%-4s  %-16s  %-16s  %s\n", status, e.Lesson, e.Name, e.Title); err != nil {
			return err
		}
	}
	if !asJSON {
		return nil
	}
	return json.NewEncoder(w).Encode(listed)
}
