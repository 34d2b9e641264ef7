package tui

import (
	"context"
	"fmt"
	"os"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/tui/input"
)

// framesPerSecond is how often the screen may change. The usual 60 would keep a key waiting for up to 17 ms of the 33
// in which it has to be answered.
const framesPerSecond = 120

// Run runs the app in the terminal of the process until the learner leaves or ctx ends, as by a signal. A fault of the
// app's own leaves the terminal clean, keeps its details in a file and returns an error of one line that names it.
func Run(ctx context.Context, o Options, opts ...tea.ProgramOption) error {
	program := tea.NewProgram(New(o), append([]tea.ProgramOption{
		tea.WithInput(&input.Terminal{File: os.Stdin}), tea.WithFPS(framesPerSecond), tea.WithoutSignalHandler(),
	}, opts...)...)
	// Bubble Tea's own ways to end at an interrupt or with a context close the input while it is still read.
	stop := context.AfterFunc(ctx, program.Quit)
	defer stop()
	final, err := program.Run()
	m, ok := final.(model)
	if !ok {
		return err
	}
	// The end of ctx ends the program without asking the model, so its lab may still work and its time is not kept yet.
	m = m.closeLab()
	if m.fault == nil {
		m.Close()
	}
	if m.fault != nil {
		path, failed := m.fault.Save("")
		if failed != nil {
			return fmt.Errorf("%w (the details could not be kept: %w)", m.fault, failed)
		}
		return fmt.Errorf("%w (details: %s)", m.fault, path)
	}
	return err
}
