package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/internal/atomicfile"
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
