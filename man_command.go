package main

import (
	"strings"

	mango "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
)

// newManCommand prints what `man aetutor` shows, a part of each release. It stands for the one that fang adds, which
// knows the commands only and whose mistakes in a call would be none of ours.
func newManCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "man",
		Short:  "Print the man page, in troff",
		Hidden: true, // It is for who packages the program.
		Args:   noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			root := cmd.Root()
			page, err := mango.NewManPage(1, root)
			if err != nil {
				return err
			}
			page.WithLongDescription(filled(root.Long))
			for _, s := range manSections() {
				page.WithSection(s.name, s.text)
			}
			p := printer{w: cmd.OutOrStdout()}
			p.print(page.Build(roff.NewDocument()))
			return p.err
		},
	}
}

// filled joins the lines of each paragraph: troff breaks lines itself and takes each line that it gets for a paragraph.
func filled(text string) string {
	paragraphs := strings.Split(strings.TrimSpace(text), "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.Join(strings.Fields(p), " ")
	}
	return strings.Join(paragraphs, "\n")
}

// manSection is a section after the commands. Each line of its text is a paragraph.
type manSection struct{ name, text string }

func manSections() []manSection {
	return []manSection{
		{"Exit status", "0 for success, 1 for a failure, 2 for a mistake in the call, " +
			"3 where no Go toolchain is there to check exercises with, 130 for an interrupt."},
		{"Environment", strings.Join([]string{
			`AETUTOR_STATE: the directory of the progress and of where the exercises are.`,
			`AETUTOR_CACHE: the directory of trained models and of what exercises are built from. All in it can be made again.`,
			`AETUTOR_REDUCED_MOTION: as --reduced-motion, unless it is 0, false, no or off.`,
			`NO_COLOR: no colours.`,
			`COLORFGBG: the colours of a terminal that does not tell them; 0;15 is black on white, 15;0 white on black.`,
			`LC_ALL, LC_CTYPE, LANG: where the first one that is set names no UTF-8, all is drawn in ASCII.`,
			`VISUAL, EDITOR: the editor of exercises in the workshop.`,
			`PJRT_PLUGIN_LIBRARY_PATH: directories of PJRT plugins.`,
		}, "\n")},
		{"Files", `aetutor progress tells where the progress is kept, aetutor models where models are.`},
		{"See also", strings.Join([]string{
			`The directory docs of a release, above all docs/troubleshooting.md; aetutor doctor; aetutor COMMAND --help.`,
			`Exercises need Go 1.27 or later, from https://go.dev/dl/.`,
		}, "\n")},
	}
}
