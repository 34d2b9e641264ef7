package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/internal/atomicfile"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
)

const progressHelp = `Shows what you have done in each lesson: pages read, questions answered right of those answered, tasks of labs
reached, exercises passed and minutes spent; and the best figure that you reached in each lab.

With --json it prints one flat object. Its keys are kept_in, the file; place, the page where you were last, or "";
and for each lesson, here autoencoder, and for all of them as total:

  autoencoder.pages_read      autoencoder.pages       pages read, and how many there are
  autoencoder.quizzes_right   autoencoder.quizzes     questions once answered right, and how many there are
  autoencoder.quizzes_answered                        questions answered
  autoencoder.tasks_reached   autoencoder.tasks       labs whose task was reached, and how many there are
  autoencoder.exercises_passed autoencoder.exercises  exercises that passed once, and how many there are
  autoencoder.seconds                                 time spent

For each lab with a best figure, here train:

  best.train                                          the figure's best value
  best.train.figure                                   what it is, with its unit
  best.train.lower_is_better                          whether lower values are better

It is kept in progress.db in the directory that the variable AETUTOR_STATE names, else in aetutor below the state
directory of your system, which is ~/.local/state on Linux.`

// person is the learner at this machine.
const person = ""

func newProgressCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "progress",
		Short:   "Show, save, merge or reset what you have done",
		Long:    progressHelp,
		Example: "aetutor progress\naetutor progress export mine.json\naetutor progress import mine.json",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withProgress(cmd, func(s progress.Store, path string) error {
				outlines, err := lessonOutlines()
				if err != nil {
					return err
				}
				p, err := s.Load(person)
				if err != nil {
					return err
				}
				if asJSON {
					return printProgressJSON(cmd.OutOrStdout(), p, outlines, path)
				}
				return printProgress(cmd.OutOrStdout(), p, outlines, path)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one flat JSON object; the keys are above")
	cmd.AddCommand(newExportCommand(), newImportCommand(), newResetCommand())
	return cmd
}

// withProgress opens the progress of this machine for do. What became of a damaged file is told on standard error.
func withProgress(cmd *cobra.Command, do func(s progress.Store, path string) error) (err error) {
	path, err := progress.DefaultPath()
	if err != nil {
		return err
	}
	s, notice, err := progress.Open(path)
	if notice != "" {
		cmd.PrintErrln("aetutor: " + notice)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return do(s, path)
}

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

func newExportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "export [FILE]",
		Short: "Write your progress as JSON to a file, or to standard output",
		Args: func(cmd *cobra.Command, args []string) error {
			if cobra.MaximumNArgs(1)(cmd, args) != nil {
				return usageError{errors.New("name one file to write, or none for standard output")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return withProgress(cmd, func(s progress.Store, _ string) error {
				if len(args) == 0 || args[0] == "-" {
					return s.Export(person, cmd.OutOrStdout())
				}
				var content bytes.Buffer
				if err := s.Export(person, &content); err != nil {
					return err
				}
				if err := atomicfile.Write(args[0], content.Bytes(), 0o600); err != nil {
					return fmt.Errorf("exporting progress: %w; name a file that can be written", err)
				}
				return nil
			})
		},
	}
}

func newImportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: "Merge what export wrote into your progress; - reads standard input",
		Long: "Merges what export wrote into your progress. Nothing is lost by it: a page that was read in either stays read, of two " +
			"figures the better one stays, of two places the later one. A file may be imported again.",
		Args: func(cmd *cobra.Command, args []string) error {
			if cobra.ExactArgs(1)(cmd, args) != nil {
				return usageError{errors.New("name one file that aetutor progress export wrote, or - for standard input")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return withProgress(cmd, func(s progress.Store, path string) (err error) {
				from := cmd.InOrStdin()
				if args[0] != "-" {
					file, err := os.Open(args[0])
					if err != nil {
						return fmt.Errorf("importing progress: %w; name a file that aetutor progress export wrote", err)
					}
					defer func() { _ = file.Close() }() // Nothing was written, so closing has nothing to say.
					from = file
				}
				if err := s.Import(person, from); err != nil {
					return err
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "merged into %s\n", path)
				return err
			})
		},
	}
}

func newResetCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "reset",
		Short: "Forget your progress, after a question, and keep a backup",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !yes && !isTerminal() {
				return usageError{errors.New("a reset asks first, and there is no terminal to ask on; --yes resets without asking")}
			}
			if !yes {
				agreed, err := ask(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout(), "Forget your progress?")
				if err != nil {
					return err
				}
				if !agreed {
					_, err = fmt.Fprintln(cmd.OutOrStdout(), "Nothing was changed.")
					return err
				}
			}
			return withProgress(cmd, func(s progress.Store, _ string) error {
				backup, err := s.Reset(person)
				if err != nil {
					return err
				}
				answer := "There was nothing to reset."
				if backup != "" {
					answer = "Your progress is reset. The backup is " + backup + "; aetutor progress import brings it back."
				}
				_, err = fmt.Fprintln(cmd.OutOrStdout(), answer)
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}
