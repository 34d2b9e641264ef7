// Command aetutor is a workshop on autoencoders in the terminal.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/exercises/jail"
)

func main() {
	jail.Main()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := execute(ctx, newRootCommand())
	stop()
	os.Exit(exitCode(err))
}

// execute runs a command. Only its help is drawn by fang, which asks the terminal for its background before: whoever still
// reads the terminal would get the answer, and fang would wait for it. A terminal without a screen shows such a question as
// text, so there the help is plain.
func execute(ctx context.Context, root *cobra.Command) error {
	root.Version, root.SilenceUsage, root.SilenceErrors = version(), true, true
	var helped error
	if os.Getenv("TERM") != "dumb" {
		root.SetHelpFunc(func(*cobra.Command, []string) {
			// Fang sets the help that it draws, and runs the same command line again.
			helped = fang.Execute(ctx, root, fang.WithVersion(version()), fang.WithoutManpage())
		})
	}
	err := cmp.Or(root.ExecuteContext(ctx), helped)
	if err != nil {
		printError(root.ErrOrStderr(), err)
	}
	return err
}

// usageError is a mistake in how the program was called. It exits with 2.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// reportedError was told already: as an event, or as lines in a form of their own.
type reportedError struct{ error }

func (e reportedError) Unwrap() error { return e.error }

// exitCode is 0 for success, 2 for a mistake in the call, 3 where no Go toolchain is there to check exercises with, 130 for
// an interrupt as shells have it, and 1 for the rest.
func exitCode(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &usage):
		return 2
	case errors.Is(err, exercises.ErrNoToolchain):
		return 3
	case errors.Is(err, context.Canceled):
		return 130
	default:
		return 1
	}
}

func printError(w io.Writer, err error) {
	var reported reportedError
	if errors.As(err, &reported) {
		return
	}
	text := strings.ReplaceAll(err.Error(), context.Canceled.Error(), "interrupted") // Only Go calls it so.
	// When standard error is gone too there is nobody left to tell.
	_, _ = fmt.Fprintf(w, "aetutor: %s\n", text)
	var usage usageError
	if errors.As(err, &usage) {
		_, _ = fmt.Fprintln(w, "aetutor --help lists the commands, aetutor COMMAND --help a command's options.")
	}
}
