package main

import (
	"os"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/tui/theme"
)

const about = `aetutor is a workshop on autoencoders in the terminal: short pages to read, labs that train real
networks on real data while you watch, and nothing to download. It uses a GPU where there is one and needs none.

Without a command it opens the workshop, on the whole screen. With --plain it writes lessons line by line and reads
commands, from a pipe too: aetutor --plain --lesson autoencoder </dev/null prints a lesson.`

func newRootCommand() *cobra.Command {
	var o workshopOptions
	root := &cobra.Command{
		Use:   "aetutor",
		Short: "A workshop on autoencoders in the terminal",
		Long:  about,
		Example: `aetutor
aetutor --lesson autoencoder
aetutor --plain
aetutor lab train --set epochs=2 --set seed=1`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return runWorkshop(cmd.Context(), o) },
	}
	root.Flags().StringVar(&o.start, "lesson", "", "open at a lesson's slug or a page's id, as autoencoder/the-bottleneck")
	root.PersistentFlags().StringVar(&o.backend, "backend", "auto", "what computes: auto, go, xla:cpu or xla:cuda")
	root.PersistentPreRunE = func(*cobra.Command, []string) error { return checkBackend(o.backend) }
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return flagError(err) })
	root.Flags().StringVar(&o.lessons, "lessons", "", "read the lessons from a directory; the screen shows them anew when its files change")
	root.Flags().BoolVar(&o.plain, "plain", false,
		"line by line: for a screen reader, a terminal without a screen, or a pipe")
	root.Flags().BoolVar(&o.calm, "reduced-motion", false,
		"nothing moves by itself more than once a second; "+theme.ReducedMotionVariable+"=1 asks for it too")
	o.own.add(root)
	root.AddCommand(newVersionCommand(), newLessonsCommand(), newGlossaryCommand(), newLabCommand(&o.backend),
		newModelsCommand(), newProgressCommand(), newDoctorCommand(&o.backend), newBenchCommand(&o.backend),
		newServeCommand(&o.backend), newInitCommand(), newCheckCommand(), newHintCommand(), newSolutionCommand(),
		newListCommand(), newExerciseResetCommand(), newManCommand())
	refuseMistakes(root)
	return root
}

// isTerminal says whether a person sits at both ends.
func isTerminal() bool { return term.IsTerminal(os.Stdin.Fd()) && term.IsTerminal(os.Stdout.Fd()) }
