package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"runtime"

	"github.com/charmbracelet/x/term"

	"github.com/aetutor/aetutor/plain"
	"github.com/aetutor/aetutor/tui/theme"
)

// widestPlain is how wide lines are at most, in characters: longer ones are hard to read.
const widestPlain = 72

// runPlain is the workshop line by line on standard input and output.
func runPlain(ctx context.Context, o plain.Options) error {
	// ctrl+c stops a lab here, and only then the program, so its first signal must not end ctx.
	signal.Reset(os.Interrupt)
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)

	o.In, o.Out, o.Interrupts = os.Stdin, os.Stdout, interrupts
	o.Terminal = term.IsTerminal(os.Stdin.Fd())
	o.Width = widestPlain
	if width, _, err := term.GetSize(os.Stdout.Fd()); err == nil {
		o.Width = min(width, widestPlain)
	}
	o.ReducedMotion = o.ReducedMotion || theme.ReducedMotion(os.Getenv(theme.ReducedMotionVariable))
	if !theme.UnicodeLocale(os.Environ(), runtime.GOOS) {
		o.Out = asciiWriter{os.Stdout}
	}
	return plain.Run(ctx, o)
}

// asciiWriter writes stand-ins for what a terminal without UTF-8 cannot show. Each Write must bring whole characters.
type asciiWriter struct{ w io.Writer }

func (a asciiWriter) Write(p []byte) (int, error) {
	if _, err := io.WriteString(a.w, theme.Theme{}.Terminal(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}
