package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
)

// outline is a lesson as progress counts it, with its number.
type outline struct {
	number int
	progress.Lesson
}

// lessonOutlines are the lessons of the workshop.
func lessonOutlines() ([]outline, error) {
	all, err := loadLessons("")
	if err != nil {
		return nil, err
	}
	outlines := make([]outline, 0, len(all))
	for _, l := range all {
		outlines = append(outlines, outline{l.Number, lessonOutline(l)})
	}
	return outlines, nil
}

// lessonOutline says what there is to do in a lesson. A lab that is on several of its pages has one task, some have none.
func lessonOutline(l lessons.Lesson) progress.Lesson {
	o := progress.Lesson{Slug: l.Slug, Title: l.Title}
	seen := map[lessons.Exercise]bool{}
	labs := map[string]bool{}
	for _, page := range l.Pages {
		o.Pages = append(o.Pages, page.ID)
		for _, block := range page.Blocks {
			switch b := block.(type) {
			case lessons.Quiz:
				o.Quizzes = append(o.Quizzes, page.ID)
			case lessons.Lab:
				if l, known := lab.Find(b.ID); !labs[b.ID] && (!known || l.Task != "") {
					o.Labs = append(o.Labs, b.ID)
				}
				labs[b.ID] = true
			case lessons.Exercise:
				if !seen[b] {
					o.Exercises = append(o.Exercises, b.ID)
				}
				seen[b] = true
			}
		}
	}
	return o
}

// tally is how much of something is done.
type tally struct {
	progress.Summary
	pages, quizzes, tasks, exercises int // how many there are
}

func tallyOf(p progress.Progress, l progress.Lesson) tally {
	return tally{p.Summarize(l), len(l.Pages), len(l.Quizzes), len(l.Labs), len(l.Exercises)}
}

func (t tally) plus(o tally) tally {
	return tally{
		progress.Summary{
			Pages: t.Pages + o.Pages, Answered: t.Answered + o.Answered, Right: t.Right + o.Right,
			Tasks: t.Tasks + o.Tasks, Exercises: t.Exercises + o.Exercises, Spent: t.Spent + o.Spent,
		},
		t.pages + o.pages, t.quizzes + o.quizzes, t.tasks + o.tasks, t.exercises + o.exercises,
	}
}

// row is a line of the table.
func (t tally) row(title string) []string {
	of := func(done, all int) string { return fmt.Sprintf("%d of %d", done, all) }
	return []string{
		title, of(t.Pages, t.pages), of(t.Right, t.Answered), of(t.Tasks, t.tasks), of(t.Exercises, t.exercises),
		fmt.Sprint(int(t.Spent.Round(time.Minute).Minutes())),
	}
}

func printProgress(w io.Writer, p progress.Progress, outlines []outline, path string) error {
	rows := [][]string{{"lesson", "pages read", "answers right", "tasks", "exercises", "minutes"}}
	var total tally
	for _, o := range outlines {
		t := tallyOf(p, o.Lesson)
		total = total.plus(t)
		rows = append(rows, t.row(fmt.Sprintf("%d %s", o.number, o.Title)))
	}
	text := aligned(append(rows, total.row("total"))) + bestLines(p)
	if p.Place.Page != "" {
		text += fmt.Sprintf("\nYou were last at %s.\n", p.Place.Page)
	}
	_, err := fmt.Fprintf(w, "%s\nKept in %s\n", text, path)
	return err
}

// bestLines are the best figures of the labs, in the order of the labs.
func bestLines(p progress.Progress) string {
	rows := [][]string{{"lab", "best"}}
	var about []string
	bests := p.LatestBests()
	for _, l := range lab.All() {
		if best, ok := bests[l.ID]; ok {
			direction := "higher is better"
			if best.Lower {
				direction = "lower is better"
			}
			rows, about = append(rows, []string{l.ID, best.Number()}), append(about, "  "+best.Figure+", "+direction)
		}
	}
	if len(rows) == 1 {
		return ""
	}
	lines := strings.SplitAfter(aligned(rows), "\n")
	for i, text := range about {
		lines[i+1] = strings.TrimSuffix(lines[i+1], "\n") + text + "\n"
	}
	return "\n" + strings.Join(lines, "")
}

// aligned writes rows below each other, the first column to the left and the others to the right.
func aligned(rows [][]string) string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&b, "%-*s", widths[0], row[0])
		for i, cell := range row[1:] {
			fmt.Fprintf(&b, "  %*s", widths[i+1], cell)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func printProgressJSON(w io.Writer, p progress.Progress, outlines []outline, path string) error {
	fields := map[string]any{"kept_in": path, "place": p.Place.Page}
	var total tally
	for _, o := range outlines {
		t := tallyOf(p, o.Lesson)
		total = total.plus(t)
		t.put(fields, o.Slug)
	}
	total.put(fields, "total")
	for id, best := range p.LatestBests() {
		fields["best."+id] = best.Value
		fields["best."+id+".figure"] = best.Figure
		fields["best."+id+".lower_is_better"] = best.Lower
	}
	// The encoder sorts the keys of a map.
	return json.NewEncoder(w).Encode(fields)
}

// put writes the fields of a lesson.
func (t tally) put(fields map[string]any, lesson string) {
	for key, value := range map[string]any{
		"pages_read": t.Pages, "pages": t.pages,
		"quizzes_right": t.Right, "quizzes_answered": t.Answered, "quizzes": t.quizzes,
		"tasks_reached": t.Tasks, "tasks": t.tasks,
		"exercises_passed": t.Exercises, "exercises": t.exercises,
		"seconds": t.Spent.Seconds(),
	} {
		fields[lesson+"."+key] = value
	}
}
