package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
)

// lessonSummary is a lesson as `aetutor lessons --json` lists it.
type lessonSummary struct {
	Number    int      `json:"number"`
	Slug      string   `json:"slug"`
	Title     string   `json:"title"`
	Pages     []string `json:"pages"` // ids
	Labs      []string `json:"labs"`  // ids
	Quizzes   int      `json:"quizzes"`
	Exercises []string `json:"exercises"` // names
	Minutes   int      `json:"minutes"`
}

func newLessonsCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "lessons",
		Short: "List the lessons, or check a directory of them",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			all, err := loadLessons("")
			if err != nil {
				return err
			}
			summaries := make([]lessonSummary, 0, len(all))
			for _, l := range all {
				summaries = append(summaries, summarize(l))
			}
			if asJSON {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(summaries)
			}
			for _, s := range summaries {
				_, err := fmt.Fprintf(cmd.OutOrStdout(), "%d  %-16s %3d min   %s: %s, %s, %s, %s\n", s.Number, s.Slug, s.Minutes, s.Title,
					lab.Counted(len(s.Pages), "page"), lab.Counted(len(s.Labs), "lab"), lab.Counted(s.Quizzes, "question"),
					lab.Counted(len(s.Exercises), "exercise"))
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON array")
	cmd.AddCommand(newLessonsCheckCommand())
	return cmd
}

func summarize(l lessons.Lesson) lessonSummary {
	s := lessonSummary{
		Number: l.Number, Slug: l.Slug, Title: l.Title, Minutes: l.Minutes,
		Pages: []string{}, Labs: []string{}, Exercises: []string{},
	}
	for _, p := range l.Pages {
		s.Pages = append(s.Pages, p.ID)
		for _, block := range p.Blocks {
			switch b := block.(type) {
			case lessons.Lab:
				s.Labs = append(s.Labs, b.ID)
			case lessons.Quiz:
				s.Quizzes++
			case lessons.Exercise:
				s.Exercises = append(s.Exercises, b.ID)
			}
		}
	}
	return s
}

func newLessonsCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check DIR",
		Short: "Prove a directory of lessons: all that is wrong, with file and line",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{errors.New("name one directory, which holds NN-slug/lesson.md files")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := loadLessons(args[0])
			if err == nil {
				_, err = loadGlossary(args[0], all)
			}
			if errors.As(err, new(lessons.Problem)) {
				// Nothing stands before a file's name, so that editors find their way to the line.
				_, failed := fmt.Fprintln(cmd.ErrOrStderr(), err)
				return errors.Join(reportedError{err}, failed)
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s, all as they should be.\n", lab.Counted(len(all), "lesson"))
			return err
		},
	}
}

// loadLessons reads the lessons of a directory, or those of the program without one.
func loadLessons(dir string) ([]lessons.Lesson, error) {
	known, err := knownNames()
	if err != nil {
		return nil, err
	}
	if dir == "" {
		return lessons.Embedded(known)
	}
	if info, err := os.Stat(dir); err != nil {
		return nil, usageError{fmt.Errorf("there are no lessons in %s: %w", dir, err)}
	} else if !info.IsDir() {
		return nil, usageError{fmt.Errorf("%s is no directory; name the one that holds NN-slug/lesson.md files", dir)}
	}
	return lessons.LoadDir(dir, known)
}
